package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/pack"
	"annex/generator/seal"
)

// packFlags is what pack was asked for.
type packFlags struct {
	out, asOf, dir, paper, before, seed, form string
	sign, to, accept, decrypt                 []string
	dryRun, noPDF, force                      bool

	last string // organization of the pack before
}

func (a *app) packCommand() *cobra.Command {
	var f packFlags
	c := &cobra.Command{
		Use: "pack --audience NAME -o FILE.zip", Short: "put all that an audience may see into one zip, to hand over", Args: cobra.NoArgs,
		Long: `pack puts all that an audience may see into one zip: a start page in the working
order of an audit, the site, the Statement of Applicability as Excel, Word and
PDF, the evidence in a folder for each control, and a list of digests by which
anybody can verify that nothing was changed.

  annex pack --audience certifier --dry-run         what would go along, and why
  annex pack --audience certifier -o stage-1.zip
  annex pack --audience certifier -o stage-1.zip --sign ~/.ssh/id_ed25519
  annex pack --audience certifier -o surveillance-1.zip --before stage-1.zip
  annex pack --audience certifier -o stage-1.zip.age --encrypt-to age1...

Before anything is written the records and the evidence are looked through for
passwords, keys and lists of people. What is found stops the pack, unless it is
accepted by its name: with --accept, or in annex.toml with accept = ["NAME"] in
the [[audience]].

--sign takes a secret key of minisign, a private key of OpenSSH, or a public key
whose private half the SSH agent holds. annex makes no keys and keeps none.`,
		RunE: func(c *cobra.Command, _ []string) error {
			o := generator.Options{Version: Version}
			var err error
			if o.Dir, err = workspaceAt(f.dir); err != nil {
				return err
			}
			if o.AsOf, err = asOfDate(f.asOf); err != nil {
				return err
			}
			if o.Audience, err = audienceOf(c); err != nil {
				return err
			}
			return a.pack(c.Context(), o, f)
		},
	}
	c.Flags().String(audienceFlag, "", "whom the pack is for: the id of an [[audience]] of annex.toml")
	c.Flags().StringVarP(&f.out, "output", "o", "", "the zip to write; with --encrypt-to it ends in .age")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "write nothing, and list what would go along")
	c.Flags().StringArrayVar(&f.sign, "sign", nil, "file of a key to sign with; may be given several times")
	c.Flags().StringArrayVar(&f.to, "encrypt-to", nil, "who can open the pack: a public key of age or SSH, or a file of them")
	c.Flags().StringVar(&f.before, "before", "", "the pack before this one, whose digest goes into it")
	c.Flags().StringArrayVar(&f.decrypt, "decrypt", nil, "file of a secret key of age or SSH, for a pack before that is encrypted")
	c.Flags().StringVar(&f.seed, "seed", "", "what the sampling sheet draws by (default organization and as-of date)")
	c.Flags().StringArrayVar(&f.accept, "accept", nil, "name of a finding that may go along; may be given several times")
	c.Flags().BoolVar(&f.noPDF, "no-pdf", false, "leave PDF out, which take a browser and some seconds")
	c.Flags().StringVar(&f.paper, "paper", "a4", "paper of PDF: a4 or letter")
	c.Flags().BoolVar(&f.force, "force", false, "replace the file of -o if it is there")
	c.Flags().StringVar(&f.form, "format", "text", "of --dry-run: text or json")
	dirFlag(c, &f.dir)
	asOfFlag(c, &f.asOf)
	return c
}

func (a *app) pack(ctx context.Context, o generator.Options, f packFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	o.Cache = cache
	wish := generator.PackWish{Prefix: packName(f.out), Seed: f.seed, Accept: f.accept, NoPDF: f.noPDF}
	var err error
	if wish.Paper, err = paperOf(f.paper); err != nil {
		return err
	}
	if f.before != "" {
		last, err := a.before(ctx, o, f)
		if err != nil {
			return err
		}
		wish.Before, f.last = last.Digest, last.Head.Organization
	}
	to, err := recipients(f.to)
	if err != nil {
		return err
	}
	keys := &signing{ask: a.ask}
	defer keys.close()
	switch {
	case f.dryRun: // which asks for no passphrase
		err = keys.look(f.sign)
	default:
		err = keys.open(f.sign)
	}
	if err != nil {
		return err
	}
	wish.Keys, wish.Sign = keys.told(), keys.signers()
	made := false
	result, err := generator.MakePack(ctx, o, wish, func(p *generator.Pack) error {
		made = true
		return a.writePack(ctx, p, f, to)
	})
	if err == nil && !made {
		if err := a.errors(result, o.Dir); err != nil {
			return err
		}
		fmt.Fprintln(a.stderr, "No pack was made.")
		return errFindings
	}
	var wrong *pack.FilesError
	if errors.As(err, &wrong) {
		for _, line := range wrong.Wrong {
			fmt.Fprintln(a.stderr, plainLines(line))
		}
		fmt.Fprintf(a.stderr, "\n%s cannot go into a zip that every system unpacks. Where only the length is wrong,\na shorter name of the zip helps: it is a part of every path. No pack was made.\n", plural(len(wrong.Wrong), "file"))
		return errFindings
	}
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; no pack was made")
	}
	if err != nil {
		return err
	}
	if result.Missing != nil {
		a.say("note: there is no browser here to print with, so PDF are left out: %s", result.Missing)
	}
	if !result.Charts {
		a.say("note: this annex was built without its scripts (go generate ./themes), so pages show tables in place of charts")
	}
	return nil
}

// check refuses what does not go together.
func (f packFlags) check() error {
	if f.form != "text" && f.form != "json" {
		return usage("unknown format %q; formats are text and json", f.form)
	}
	if info, err := os.Stat(f.out); err == nil && info.IsDir() || strings.HasSuffix(f.out, "/") {
		return usage("%s is a folder; name the zip in it, as in -o %s", f.out, filepath.Join(f.out, "stage-1.zip"))
	}
	if !utf8.ValidString(f.seed) || strings.ContainsFunc(f.seed, unicode.IsControl) {
		return usage("the seed has to be a line of text")
	}
	if slices.Contains(f.accept, "") || slices.Contains(f.sign, "") || slices.Contains(f.to, "") {
		return usage("--accept, --sign and --encrypt-to want a name behind them; one is empty")
	}
	switch age := strings.HasSuffix(strings.ToLower(f.out), ".age"); {
	case f.out == "" && !f.dryRun:
		return usage("say where to: -o stage-1.zip, or --dry-run to see what would go along")
	case f.dryRun:
	case len(f.to) > 0 && !age:
		return usage("an encrypted pack is no zip; name it -o %s.age", f.out)
	case len(f.to) == 0 && age:
		return usage("%s is for an encrypted pack; say for whom with --encrypt-to, or choose a name that ends in .zip", f.out)
	case !strings.HasSuffix(strings.TrimSuffix(strings.ToLower(f.out), ".age"), ".zip"):
		return usage("a pack is a zip; name it -o %s.zip", f.out)
	}
	if a, err := os.Stat(f.before); err == nil && !f.dryRun {
		if b, err := os.Stat(f.out); err == nil && os.SameFile(a, b) {
			return usage("the pack before would be replaced by the new one, and nobody could look at it any more; choose another name with -o")
		}
	}
	if _, err := os.Lstat(f.out); f.out != "" && !f.dryRun && err == nil && !f.force {
		return usage("%s is there already; choose another name, or replace it with --force", f.out)
	}
	return nil
}

// packName is the name of the folder that most programs unpack a pack into.
func packName(out string) string {
	if out == "" {
		return ""
	}
	name := filepath.Base(out)
	for _, ending := range []string{".age", ".zip"} {
		if strings.EqualFold(filepath.Ext(name), ending) {
			name = name[:len(name)-len(ending)]
		}
	}
	return name
}

// writePack writes the zip, or tells what would be in it, unless something was
// found that must not go along.
func (a *app) writePack(ctx context.Context, p *generator.Pack, f packFlags, to []seal.Recipient) error {
	if f.last != "" && f.last != p.Head.Organization {
		return usage("the pack before, %s, is of %s, and this one of %s; a chain is of one organization", f.before, f.last, p.Head.Organization)
	}
	if f.dryRun {
		m, err := p.Write(ctx, io.Discard)
		if err != nil {
			return err
		}
		if f.form == "json" {
			return a.packJSON(p, m)
		}
		a.packPlan(p, m)
		if len(stops(p)) > 0 {
			return a.stopped(p)
		}
		return nil
	}
	if len(stops(p)) > 0 {
		return a.stopped(p)
	}
	var m pack.Manifest
	if err := os.MkdirAll(filepath.Dir(f.out), 0o755); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	err := writeFile(f.out, func(w io.Writer) (err error) {
		if len(to) == 0 {
			m, err = p.Write(ctx, w)
			return err
		}
		locked, err := seal.Encrypt(w, to)
		if err != nil {
			return err
		}
		if m, err = p.Write(ctx, locked); err != nil {
			return err
		}
		return locked.Close()
	})
	if err != nil {
		return err
	}
	a.packed(p, m, f, to)
	return nil
}
