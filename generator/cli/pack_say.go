package cli

import (
	"fmt"
	"math"
	"os"
	"strings"

	"annex/generator"
	"annex/generator/diag"
	"annex/generator/pack"
	"annex/generator/seal"
	"annex/generator/secrets"
)

// stops returns the findings that keep a pack from being written. Who made an
// office file is told, and no more.
func stops(p *generator.Pack) []secrets.Finding {
	var list []secrets.Finding
	for _, f := range p.Scan.Open {
		if f.Kind != secrets.Metadata {
			list = append(list, f)
		}
	}
	return list
}

// stopped tells what was found, and how it may go along all the same.
func (a *app) stopped(p *generator.Pack) error {
	found := stops(p)
	for _, f := range found {
		where := f.File
		if f.Place != "" {
			where += ", " + f.Place
		}
		fmt.Fprintln(a.stderr, diag.Plain(fmt.Sprintf("%s: %s %s", where, f.Sentence, f.Excerpt)))
		if from := p.Origin(f.File); from != "" {
			fmt.Fprintln(a.stderr, "\t"+diag.Plain("in the workspace: "+from))
		}
		fmt.Fprintln(a.stderr, "\t"+diag.Plain("name: "+f.Name))
	}
	what := "This finding stops"
	if len(found) > 1 {
		what = fmt.Sprintf("These %d findings stop", len(found))
	}
	fmt.Fprintf(a.stderr, "\n%s the pack: none was made. Take out what should not go to %s.\nWhat may go along is accepted by its name: --accept NAME, or for good with\naccept = [\"NAME\"] in the [[audience]] of annex.toml.\n", what, diag.Plain(p.Head.Audience.Title))
	return errFindings
}

// remarks tells what a reader of the terminal should know beside the pack.
func (a *app) remarks(p *generator.Pack) {
	for _, f := range p.Scan.Open {
		if f.Kind == secrets.Metadata {
			a.say("note: %s: %s %s", f.File, f.Sentence, f.Excerpt)
		}
	}
	for _, f := range p.Scan.Accepted {
		a.say("accepted: %s", f.Name)
	}
	for _, name := range p.Scan.Stale {
		a.say("note: %s is accepted and no finding any more; take it off the list", name)
	}
	if n := len(p.Unread); n > 0 {
		var names []string
		for _, u := range p.Unread[:min(n, 5)] {
			names = append(names, u.File)
		}
		more := ""
		if n > len(names) {
			more = fmt.Sprintf(" and %d more, which --dry-run --format json lists", n-len(names))
		}
		a.say("note: the scan for secrets could not look into %s: %s%s", plural(n, "file"), strings.Join(names, ", "), more)
	}
}

// packPlan lists what would be in a pack: path, bytes, classification, and why.
func (a *app) packPlan(p *generator.Pack, m pack.Manifest) {
	for _, r := range m.Files {
		a.say("%-12s %10d  %s  (%s)", r.Classification, r.Size, r.Path, reason(r))
	}
	a.say("")
	a.say("%s for %s, who may see up to %s, as of %s. Nothing was written.", plural(len(m.Files), "file"), p.Head.Audience.Title, p.Head.Audience.Ceiling, p.Head.AsOf)
	a.withheld(p.Head)
	a.remarks(p)
}

// packJSON is packPlan for programs: the manifest as it would be, and what the
// scan found.
func (a *app) packJSON(p *generator.Pack, m pack.Manifest) error {
	plan := struct {
		pack.Manifest
		Found    []secrets.Finding `json:"found"` // by the scan, and not accepted
		Accepted []secrets.Finding `json:"accepted"`
		Stale    []string          `json:"stale"` // accepted, and no finding any more
		Unread   []secrets.Unread  `json:"unread"`
	}{m, listed(p.Scan.Open), listed(p.Scan.Accepted), listed(p.Scan.Stale), listed(p.Unread)}
	if err := a.json(plan); err != nil {
		return err
	}
	if len(stops(p)) > 0 {
		return errFindings
	}
	return nil
}

// listed makes a list of none where there is no list, as programs expect it.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// reason says why a file is in a pack.
func reason(r pack.Record) string {
	switch r.Class {
	case pack.Guide:
		return "tells how to read and verify the pack"
	case pack.Site:
		return "page of the site"
	case pack.Export:
		return "for Excel, Word and other programs"
	case pack.Records:
		return "records, for annex diff"
	case pack.Evidence:
		switch {
		case len(r.Controls) > 0:
			return "evidence " + strings.Join(r.Evidence, ", ") + " of " + strings.Join(r.Controls, ", ")
		case len(r.Evidence) > 0:
			return "evidence " + strings.Join(r.Evidence, ", ")
		}
		return "index of the evidence"
	}
	return string(r.Class)
}

func (a *app) withheld(h pack.Head) {
	var list []string
	for _, c := range h.Withheld {
		list = append(list, fmt.Sprintf("%s %d", c.What, c.N))
	}
	if len(list) > 0 {
		a.say("withheld: %s", strings.Join(list, ", "))
	}
}

// packed tells of a pack that was written.
func (a *app) packed(p *generator.Pack, m pack.Manifest, f packFlags, to []seal.Recipient) {
	size := int64(0)
	if info, err := os.Stat(f.out); err == nil {
		size = info.Size()
	}
	guards := 2 + len(p.Keys()) // the manifest, the list of digests, the signatures
	a.say("wrote %s: %s, %s, for %s, who may see up to %s, as of %s", f.out, plural(len(m.Files)+guards, "file"), bytesText(size), p.Head.Audience.Title, p.Head.Audience.Ceiling, p.Head.AsOf)
	a.withheld(p.Head)
	for _, k := range signedWith(p) {
		a.say("signed with %s", k)
	}
	for _, r := range to {
		a.say("encrypted to %s", r)
	}
	a.remarks(p)
	a.say("digest %s", m.Digest)
	a.say("Tell the reader the digest by another way than the pack; README.txt says how to compare it.")
}

func signedWith(p *generator.Pack) []string {
	var list []string
	for _, k := range p.Keys() {
		form := "the SSH key "
		if k.Minisign {
			form = "the minisign key "
		}
		list = append(list, form+k.Name)
	}
	return list
}

// bytesText is a size for people: 6.1 MB.
func bytesText(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f KB", math.Ceil(float64(n)/1e3))
}
