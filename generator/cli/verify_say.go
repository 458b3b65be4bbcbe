package cli

import (
	"fmt"

	"annex/generator/diag"
)

// sayVerified tells people what came of verifying.
func (a *app) sayVerified(name string, v verified, f verifyFlags) {
	say := func(format string, args ...any) { // what a pack says must not look like lines of ours
		if !a.quiet {
			fmt.Fprintln(a.stdout, diag.Plain(fmt.Sprintf(format, args...)))
		}
	}
	for _, x := range v.Findings {
		fmt.Fprintln(a.stdout, diag.Plain(x.File+": "+x.Text))
	}
	if v.Omitted > 0 {
		fmt.Fprintf(a.stdout, "and %d findings more\n", v.Omitted)
	}
	if len(v.Findings) > 0 {
		fmt.Fprintln(a.stdout)
	}
	for _, x := range v.Harmless {
		say("note: %s was left by the system, and is no part of the pack", x)
	}
	fmt.Fprintln(a.stdout, diag.Plain(name+": "+v.Sentence()))
	if v.Head.Organization != "" {
		say("of %s, for %s, who may see up to %s, as of %s; made by %s %s", v.Head.Organization, v.Head.Audience.Title, v.Head.Audience.Ceiling, v.Head.AsOf, v.Head.Tool, v.Head.ToolVersion)
	}
	for _, s := range v.Signatures {
		switch {
		case s.Valid:
			by := ""
			if s.Signer != "" {
				by = ", which the key file or list gives to " + s.Signer
			}
			say("signed: %s is a valid signature by the %s key %s%s", s.File, s.Form, s.Key, by)
		case s.Checked:
			say("not signed: %s: %s", s.File, s.Reason)
		case s.Reason != "":
			say("not verified: %s: %s", s.File, s.Reason)
		default:
			say("not verified: %s claims to be by the %s key %s; give the public key with --key", s.File, s.Form, s.Key)
		}
	}
	if v.Whole && len(v.Signatures) == 0 && len(f.keys) == 0 {
		say("The pack is not signed.")
	}
	if v.Head.Before != "" {
		say("the pack before has the digest %s", v.Head.Before)
	}
	if v.Digest != "" {
		say("digest %s", v.Digest)
	}
	if v.Whole && f.digest == "" && len(f.keys) == 0 {
		say("Compare the digest with the one that you got by another way: whoever changes a pack can make its list of digests anew.")
	}
}
