package cli

import (
	"fmt"
)

// sayVerified tells people what came of verifying.
func (a *app) sayVerified(name string, v verified, f verifyFlags) {
	for _, x := range v.Findings {
		fmt.Fprintln(a.stdout, plainLines(fmt.Sprintf("%s: %s", x.File, x.Text)))
	}
	if v.Omitted > 0 {
		fmt.Fprintf(a.stdout, "and %d findings more\n", v.Omitted)
	}
	if len(v.Findings) > 0 {
		fmt.Fprintln(a.stdout)
	}
	for _, x := range v.Harmless {
		a.say("note: %s was left by the system, and is no part of the pack", x)
	}
	fmt.Fprintln(a.stdout, plainLines(name+": "+v.Sentence()))
	if v.Head.Organization != "" {
		a.say("of %s, for %s, who may see up to %s, as of %s; made by %s %s", v.Head.Organization, v.Head.Audience.Title, v.Head.Audience.Ceiling, v.Head.AsOf, v.Head.Tool, v.Head.ToolVersion)
	}
	for _, s := range v.Signatures {
		switch {
		case s.Valid:
			by := ""
			if s.Signer != "" {
				by = ", which the key file or list gives to " + s.Signer
			}
			a.say("signed: %s is a valid signature by the %s key %s%s", s.File, s.Form, s.Key, by)
		case s.Checked:
			a.say("not signed: %s: %s", s.File, s.Reason)
		case s.Reason != "":
			a.say("not verified: %s: %s", s.File, s.Reason)
		default:
			a.say("not verified: %s claims to be by the %s key %s; give the public key with --key", s.File, s.Form, s.Key)
		}
	}
	if v.Whole && len(v.Signatures) == 0 && len(f.keys) == 0 {
		a.say("The pack is not signed.")
	}
	if v.Head.Before != "" {
		a.say("the pack before has the digest %s", v.Head.Before)
	}
	if v.Digest != "" {
		a.say("digest %s", v.Digest)
	}
	if v.Whole && f.digest == "" && len(f.keys) == 0 {
		a.say("Compare the digest with the one that you got by another way: whoever changes a pack can make its list of digests anew.")
	}
}
