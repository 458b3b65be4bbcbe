package cli

import (
	"fmt"
	"strings"

	"annex/frameworks"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/framework"
	"annex/generator/source"
)

func (a *app) version() error {
	fmt.Fprintf(a.stdout, "annex %s\n", Version)
	list, err := framework.ReadBuiltIn(frameworks.Files())
	if err != nil {
		return err
	}
	for _, f := range list {
		fmt.Fprintf(a.stdout, "%s  %s, catalog %s, %d requirements\n", f.ID, f.Title, f.Version, len(f.Assessable()))
	}
	return nil
}

// catalogs returns the built-in frameworks, and those of the workspace that
// the current folder stands in.
func catalogs() ([]*aims.Framework, error) {
	list, err := framework.ReadBuiltIn(frameworks.Files())
	if err != nil {
		return nil, err
	}
	dir, err := workspace(nil)
	if err != nil {
		return list, nil //nolint:nilerr // outside of a workspace the built-in ones are all
	}
	own, err := generator.OwnFrameworks(dir)
	return append(list, own...), err
}

// explain prints what a code or a requirement means.
func (a *app) explain(what string) error {
	if e, ok := diag.Find(diag.Code(strings.ToUpper(what))); ok {
		fmt.Fprintf(a.stdout, "%s (%s): %s\n\n%s\n", e.Code, e.Severity, e.Title, wrap(e.Text))
		return nil
	}
	list, err := catalogs()
	if err != nil {
		return err
	}
	var refs, codes []string
	for _, f := range list {
		if f.ID == what {
			a.explainFramework(f)
			return nil
		}
		for _, q := range f.Requirements {
			refs = append(refs, q.String())
			if strings.EqualFold(q.String(), what) || strings.EqualFold(q.Ref, what) {
				a.explainRequirement(q)
				return nil
			}
		}
	}
	for _, f := range diag.Families() {
		for _, e := range f.Entries {
			codes = append(codes, string(e.Code))
		}
	}
	if near := source.Nearest(what, append(refs, codes...)); near != "" {
		return usage("nothing is called %q; did you mean %s?", what, near)
	}
	return usage("nothing is called %q; give a code such as AX0301 or a requirement such as iso-42001:A.6.2.4", what)
}

// explainFramework prints what a framework is, what a classification may rest
// on, and which circumstances its obligations ask for.
func (a *app) explainFramework(f *aims.Framework) {
	fmt.Fprintf(a.stdout, "%s: %s\n\n%s\n%s\n", f.ID, f.Title, wrap(f.FullTitle), wrap(f.Edition))
	if f.Note != "" {
		fmt.Fprintf(a.stdout, "\n%s\n", wrap(f.Note))
	}
	fmt.Fprintf(a.stdout, "\n%d requirements, %d reference controls, %d obligations\n", len(f.Assessable()), len(f.ReferenceControls()), len(f.Obligations))
	title := "\nGrounds of a risk class\n"
	for _, q := range f.Requirements {
		if len(q.Classes) > 0 {
			fmt.Fprintf(a.stdout, "%s- %s: %s %v\n", title, q, q.Title, q.Classes)
			title = ""
		}
	}
	title = "\nCircumstances\n"
	for _, c := range f.Circumstances {
		fmt.Fprintf(a.stdout, "%s- %s: %s\n", title, c.ID, c.Asks)
		title = ""
	}
}

func (a *app) explainRequirement(q *aims.Requirement) {
	fmt.Fprintf(a.stdout, "%s: %s (%s)\n\n%s\n", q, q.Title, q.Framework.Title, wrap(q.Asks))
	for _, part := range []struct {
		title string
		items []string
	}{{"What auditors look for", q.Auditors}, {"Typical evidence", q.Evidence}} {
		if len(part.items) > 0 {
			fmt.Fprintf(a.stdout, "\n%s\n", part.title)
		}
		for _, item := range part.items {
			fmt.Fprintf(a.stdout, "- %s\n", strings.ReplaceAll(wrap(item), "\n", "\n  "))
		}
	}
	for _, x := range q.Applications {
		fmt.Fprintf(a.stdout, "\n%s\n", wrap("Applies from "+x.From.Words()+forGrounds(x.Grounds)+". "+x.Note))
	}
	if q.Note != "" {
		fmt.Fprintf(a.stdout, "\n%s\n", wrap(q.Note))
	}
	for _, d := range q.Documented {
		fmt.Fprintf(a.stdout, "\nDocumented information (%s): %s\n", d.KeptAs, d.Title)
	}
}

func forGrounds(grounds []*aims.Requirement) string {
	if len(grounds) == 0 {
		return ""
	}
	var refs []string
	for _, g := range grounds {
		refs = append(refs, g.Ref)
	}
	return ", for systems of " + strings.Join(refs, ", ")
}

// wrap breaks a text into lines of at most 76 characters.
func wrap(text string) string {
	var b strings.Builder
	width := 0
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if width > 0 && width+1+n > 76 {
			b.WriteByte('\n')
			width = 0
		} else if width > 0 {
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}
