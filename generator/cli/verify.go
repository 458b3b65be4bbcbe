package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/pack"
	"annex/generator/seal"
)

// verifyFlags is how a pack is to be verified.
type verifyFlags struct {
	keys, decrypt        []string
	signer, digest, form string
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use: "verify PACK", Short: "say whether a pack is as it was made, and who signed it", Args: cobra.ExactArgs(1),
		Long: `verify compares a pack with the list of digests in it, byte for byte, and names
every file that was added, removed or changed. It needs no network, and unpacks
nothing to the disk. A folder that a pack was unpacked into can be verified too.

  annex verify stage-1.zip
  annex verify stage-1.zip --key minisign.pub
  annex verify stage-1.zip --key allowed_signers --signer auditee@example.org
  annex verify stage-1.zip --digest 3f5c...
  annex verify stage-1.zip.age --decrypt key.txt

That nothing was changed means little by itself: whoever changes a pack can make
its list anew. Compare the digest with the one that you got by another way, or
verify the signature with a key that you got by another way.

Exit codes: 0 the pack is whole, and signed by the key if one was given; 1 it is
not.`,
		RunE: func(c *cobra.Command, args []string) error {
			f.digest = strings.ToLower(strings.TrimSpace(f.digest))
			if sum, err := hex.DecodeString(f.digest); c.Flag("digest").Changed && (err != nil || len(sum) != sha256.Size) { // it may be a variable that was not set
				return usage("--digest wants the %d hexadecimal digits of a digest, and %q is none", 2*sha256.Size, f.digest)
			}
			if c.Flag("signer").Changed && f.signer == "" {
				return usage("--signer is empty; name who has to have signed, or leave the flag out")
			}
			return a.verify(c.Context(), args[0], f)
		},
	}
	c.Flags().StringArrayVar(&f.keys, "key", nil, "public key that has to have signed: a file or the text of minisign's, a .pub file of SSH, or a list of allowed signers")
	c.Flags().StringVar(&f.signer, "signer", "", "who of the list of allowed signers has to have signed (default anybody in it)")
	c.Flags().StringVar(&f.digest, "digest", "", "digest that the pack has to have")
	c.Flags().StringArrayVar(&f.decrypt, "decrypt", nil, "file of a secret key of age or SSH, for a pack that is encrypted")
	c.Flags().StringVar(&f.form, "format", "text", "text or json")
	return c
}

// verified is what verify says in JSON.
type verified struct {
	pack.Report
	Said       string         `json:"sentence"`
	Valid      bool           `json:"valid"` // whole, and signed by each key that was given
	Signatures []verifiedSign `json:"signatures"`
}

// verifiedSign is one signature of a pack.
type verifiedSign struct {
	File    string `json:"file"`
	Form    string `json:"form"`
	Key     string `json:"key"`
	Valid   bool   `json:"valid"`
	Checked bool   `json:"checked"` // a key was given to verify it with
	Signer  string `json:"signer,omitempty"`
	Comment string `json:"comment,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

func (a *app) verify(ctx context.Context, name string, f verifyFlags) error {
	if f.form != "text" && f.form != "json" {
		return usage("unknown format %q; formats are text and json", f.form)
	}
	trusted, err := trustedKeys(f.keys)
	if err != nil {
		return err
	}
	if f.signer != "" && !slices.ContainsFunc(trusted, seal.Trust.Names) {
		return usage("--signer names somebody of a list of allowed signers; give the list with --key")
	}
	report, err := a.packReport(ctx, name, f.decrypt)
	if err != nil {
		return err
	}
	v := verified{Report: report, Valid: report.Whole, Signatures: []verifiedSign{}}
	v.sign(trusted, f)
	if f.digest != "" && f.digest != report.Digest {
		v.Valid = false
		v.Findings = append(v.Findings, pack.Finding{Kind: pack.Changed, File: pack.SumsName, Text: "has another digest than the one that was given, so that this is not the pack that was meant"})
	}
	v.Said = v.Sentence()
	if f.form == "json" {
		if err := a.json(v); err != nil {
			return err
		}
	} else {
		a.sayVerified(name, v, f)
	}
	if !v.Valid {
		return errFindings
	}
	return nil
}

// trustedKeys reads the keys that have to have signed.
func trustedKeys(given []string) ([]seal.Trust, error) {
	var list []seal.Trust
	for _, g := range given {
		if t, err := seal.ParseTrust("--key", []byte(g)); err == nil { // the key itself
			list = append(list, t)
			continue
		}
		content, err := keyFile(g)
		if err != nil {
			return nil, err
		}
		t, err := seal.ParseTrust(g, content)
		if err != nil {
			return nil, keyError(g, err)
		}
		list = append(list, t)
	}
	return list, nil
}

// sign verifies each signature with the keys of its form. A key that signed
// nothing is a finding: somebody may have taken the signature away.
func (v *verified) sign(trusted []seal.Trust, f verifyFlags) {
	signed, reasons := make([]bool, len(trusted)), make([]string, len(trusted))
	for _, s := range v.Report.Signatures {
		form, key, err := seal.Claimed(s.Bytes)
		x := verifiedSign{File: s.Name, Form: string(form), Key: key}
		if err != nil {
			x.Reason = err.Error()
		}
		for i, t := range trusted {
			if t.Form() != form {
				continue
			}
			if v.Sums == nil {
				reasons[i] = "there is no whole " + pack.SumsName + " that it could be a signature of"
				continue
			}
			r := t.Verify(v.Sums, s.Bytes, seal.By{Identity: f.signer, At: time.Now()})
			x.Checked = true
			if r.Valid {
				x.Valid, x.Key, x.Signer, x.Comment, x.Reason = true, r.Key, r.Signer, r.Comment, ""
				signed[i] = true
				continue
			}
			reasons[i] = r.Reason
			if !x.Valid {
				x.Reason = r.Reason
			}
		}
		v.Signatures = append(v.Signatures, x)
	}
	for i, ok := range signed {
		if !ok {
			v.Valid = false
			v.unsigned(trusted[i], f.keys[i], reasons[i])
		}
	}
}

// unsigned adds that a key did not sign.
func (v *verified) unsigned(t seal.Trust, name, reason string) {
	for _, x := range v.Signatures {
		if x.Form == string(t.Form()) && x.Checked {
			v.Findings = append(v.Findings, pack.Finding{Kind: pack.Changed, File: x.File, Text: "is no valid signature by " + name + ": " + reason})
			return
		}
	}
	file := pack.SumsName + t.Form().Suffix()
	if slices.ContainsFunc(v.Findings, func(x pack.Finding) bool { return x.Kind == pack.Removed && x.File == file }) {
		return
	}
	v.Findings = append(v.Findings, pack.Finding{Kind: pack.Removed, File: file, Text: "is not there: the pack is not signed with " + string(t.Form()) + ", and a key was given that has to have signed it"})
}

// packReport verifies a zip, an encrypted zip or a folder.
func (a *app) packReport(ctx context.Context, name string, decrypt []string) (pack.Report, error) {
	info, err := os.Stat(name)
	if err != nil {
		return pack.Report{}, usage("there is no pack %s: %v", name, underlying(err))
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return pack.Report{}, fmt.Errorf("opening %s: %w", name, err)
		}
		defer root.Close()
		return pack.VerifyFolder(ctx, root.FS())
	}
	if !info.Mode().IsRegular() { // a pipe would keep us waiting
		return pack.Report{}, usage("%s is neither a file nor a folder", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return pack.Report{}, fmt.Errorf("opening the pack: %w", err)
	}
	defer f.Close()
	var content io.ReaderAt = f
	size := info.Size()
	start := make([]byte, 64)
	n, _ := f.ReadAt(start, 0)
	switch locked := seal.Encrypted(start[:n]); {
	case !locked && len(decrypt) > 0:
		return pack.Report{}, usage("%s is not encrypted; leave out --decrypt", name)
	case locked && len(decrypt) == 0:
		return pack.Report{}, usage("%s is encrypted; name the file of your secret key with --decrypt", name)
	case locked:
		identities, err := a.identities(decrypt)
		if err != nil {
			return pack.Report{}, err
		}
		content, size, err = seal.DecryptAt(f, size, identities)
		if errors.Is(err, seal.ErrOtherRecipient) {
			return pack.Report{}, usage("%s: %v", name, err)
		}
		var wrong *seal.InputError
		switch {
		case errors.As(err, &wrong):
			return pack.Report{}, keyError(name, err)
		case err != nil:
			return undecipherable(err), nil
		}
		report, err := pack.Verify(ctx, content, size, pack.Limits{})
		if err != nil && ctx.Err() == nil {
			return undecipherable(err), nil
		}
		return report, err
	}
	return pack.Verify(ctx, content, size, pack.Limits{})
}

// undecipherable is what is found of an encrypted pack of which a part does not
// decrypt: age protects each piece, and does not tell what became of it.
func undecipherable(err error) pack.Report {
	return pack.Report{Findings: []pack.Finding{{
		Kind: pack.Damaged, File: pack.TheArchive,
		Text: "cannot be decrypted as a whole: it was cut off, or changed after it was encrypted; get it again (" + err.Error() + ")",
	}}}
}

func (a *app) identities(names []string) ([]seal.Identity, error) {
	var list []seal.Identity
	for _, name := range names {
		content, err := keyFile(name)
		if err != nil {
			return nil, err
		}
		more, err := seal.ParseIdentities(name, content, a.ask)
		if err != nil {
			return nil, keyError(name, err)
		}
		list = append(list, more...)
	}
	return list, nil
}

// before returns what is known of the pack before, which has to be whole: a chain
// that begins at a damaged pack proves nothing. Nor may it be of a later day.
func (a *app) before(ctx context.Context, o generator.Options, f packFlags) (pack.Report, error) {
	report, err := a.packReport(ctx, f.before, f.decrypt)
	switch {
	case err != nil:
		return report, err
	case !report.Whole:
		return report, usage("the pack before, %s, is not as it was made; `annex verify %s` says where", f.before, f.before)
	case report.Head.AsOf > o.AsOf.String():
		return report, usage("the pack before, %s, speaks for %s, which is after %s", f.before, report.Head.AsOf, o.AsOf)
	case report.Head.Audience.ID != o.Audience:
		a.say("note: the pack before is for another audience, %s", report.Head.Audience.Title)
	}
	return report, nil
}
