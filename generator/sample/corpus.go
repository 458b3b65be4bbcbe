package sample

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/framework"
)

// Corpus is many documents and half as many controls with evidence, to measure
// on: as ../shared/perf makes it for Hugo too, or made by [NewCorpus].
type Corpus struct {
	pages   []corpusPage
	records []corpusRecord
}

type (
	corpusPage struct {
		Title, Section, Slug, Date, Owner, Version, Status, Body string
	}
	corpusRecord struct {
		Title, Status, Owner, Reviewed, Justification string
		Applicable                                    bool
		Maturity                                      int
		Evidence                                      []struct{ Title, Collected string }
	}
)

// ReadCorpus reads the plain data that corpus.py has written to a folder.
func ReadCorpus(tb testing.TB, folder fs.FS) Corpus {
	tb.Helper()
	return Corpus{readLines[corpusPage](tb, folder, "pages.jsonl"), readLines[corpusRecord](tb, folder, "records.jsonl")}
}

func readLines[T any](tb testing.TB, folder fs.FS, name string) []T {
	tb.Helper()
	f, err := folder.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var list []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var x T
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			tb.Fatal(err)
		}
		list = append(list, x)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return list
}

// NewCorpus returns n documents of 6 to 8 KB and n/2 controls with evidence. The
// same n gives the same corpus.
func NewCorpus(n int) Corpus {
	r := rand.New(rand.NewPCG(42001, uint64(n)))
	who := strings.Split("the system owner|the data steward|top management|the AI committee|an independent reviewer|the privacy officer|each business unit|the supplier manager", "|")
	does := strings.Split("documents|reviews|approves|monitors|keeps|reports|tests|justifies|traces|verifies", "|")
	what := strings.Split("the impact assessment|training data provenance|data quality criteria|validation evidence|human oversight measures|retention schedules|drift indicators|access permissions|change requests|competence records", "|")
	when := strings.Split("before each release|every quarter|after a serious incident|within thirty days|when a supplier is replaced|at every retraining", "|")
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	sentence := func() string {
		s := pick(who) + " " + pick(does) + " " + pick(what) + " " + pick(when)
		return strings.ToUpper(s[:1]) + s[1:] + ". "
	}
	pages := make([]corpusPage, n)
	for i := range pages {
		var b strings.Builder
		for _, heading := range []string{"Purpose", "Scope", "Roles", "Rules", "Procedure", "Records", "Exceptions", "Monitoring", "Review"} {
			fmt.Fprintf(&b, "## %s\n\n", heading)
			for range 8 {
				b.WriteString(sentence())
			}
			other := r.IntN(n)
			fmt.Fprintf(&b, "As set out in [another text](/s%03d/p%05d/), it is **kept** in `R-%04d`.\n\n", other/50, other, r.IntN(1000))
		}
		b.WriteString("| Role | Task | When |\n|---|---|---|\n")
		for range 8 {
			fmt.Fprintf(&b, "| %s | %s %s | %s |\n", pick(who), pick(does), pick(what), pick(when))
		}
		pages[i] = corpusPage{
			Title: fmt.Sprintf("Text %05d on %s", i, pick(what)), Section: fmt.Sprintf("s%03d", i/50), Slug: fmt.Sprintf("p%05d", i),
			Date: fmt.Sprintf("2026-%02d-%02d", 1+i%9, 1+i%28), Owner: pick(who), Version: fmt.Sprintf("%d.%d", 1+i%4, i%10),
			Status: []string{"draft", "approved", "retired"}[i%3], Body: b.String(),
		}
	}
	records := make([]corpusRecord, n/2)
	for i := range records {
		records[i] = corpusRecord{
			Title: fmt.Sprintf("Practice %05d for %s", i, pick(what)), Status: []string{"planned", "partial", "implemented"}[i%3],
			Owner: pick(who), Reviewed: fmt.Sprintf("2026-%02d-%02d", 1+i%9, 1+i%28), Justification: sentence() + sentence(),
		}
		for range 2 + i%3 {
			records[i].Evidence = append(records[i].Evidence, struct{ Title, Collected string }{pick(what), fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(9), 1+r.IntN(28))})
		}
	}
	return Corpus{pages, records}
}

var corpusLink = regexp.MustCompile(`\]\(/(s\d+)/(p\d+)/\)`)

// Files returns the corpus as a workspace in valid form: every document and
// control serves requirements that the standard has, every owner is a role. The
// documents are organization/documents/s<n/50>/p<n>.md, the controls
// organization/records/c<n>.toml, with three and five digits.
func (c Corpus) Files(tb testing.TB) fs.FS {
	tb.Helper()
	files := fstest.MapFS{}
	write := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644} }
	list, err := framework.ReadBuiltIn(frameworks.Files())
	if err != nil {
		tb.Fatal(err)
	}
	var all, controls []*aims.Requirement
	for _, q := range list[0].Assessable() {
		all = append(all, q)
		if q.IsReferenceControl() {
			controls = append(controls, q)
		}
	}
	write("annex.toml", "frameworks = [\"iso-42001\"]\n\n[organization]\nname = \"Corpus\"\n\n[site]\nclassification = \"internal\"\n")
	write("organization/project.toml", "kind = \"organization\"\nid = \"corpus\"\ntitle = \"Corpus\"\n")

	pages := len(c.pages)
	roles := map[string]string{}
	role := func(title string) string {
		id := strings.Trim(strings.NewReplacer(" ", "-", "'", "").Replace(strings.ToLower(title)), "-")
		roles[id] = title
		return id
	}
	for i, p := range c.pages {
		approval := ""
		status := p.Status
		if status == "approved" {
			approval = fmt.Sprintf("approved_by = %q\napproved_on = %s\nnext_review = 2027-06-30\n", role("top management"), p.Date)
		}
		body := corpusLink.ReplaceAllString(p.Body, "](../$1/$2.md)")
		write(fmt.Sprintf("organization/documents/%s/%s.md", p.Section, p.Slug), fmt.Sprintf(
			"+++\nid = %q\ntitle = %q\nkind = \"policy\"\nowner = %q\nversion = %q\nstatus = %q\n%sclassification = \"internal\"\nsatisfies = [%q, %q, %q]\n+++\n\n%s",
			p.Slug, p.Title, role(p.Owner), p.Version, status, approval,
			all[i%len(all)], all[(i*7+3)%len(all)], all[(i*11+5)%len(all)], body))
	}
	for i, c := range c.records {
		var b strings.Builder
		status := map[string]string{"planned": "planned", "partial": "in-progress", "implemented": "implemented"}[c.Status]
		if status == "" {
			status = "not-started"
		}
		fmt.Fprintf(&b, "[[control]]\nid = \"c%05d\"\ntitle = %q\nsatisfies = [%q]\nowner = %q\nstatus = %q\ncadence = \"1 year\"\nclassification = \"internal\"\ndocuments = [\"p%05d\"]\ndescription = %q\n",
			i, c.Title, all[i%len(all)], role(c.Owner), status, (i*3)%pages, c.Justification)
		fmt.Fprintf(&b, "\n[[control.execution]]\non = %s\nresult = \"effective\"\nevidence = [", c.Reviewed)
		for k := range c.Evidence {
			fmt.Fprintf(&b, "\"e%05d-%d\", ", i, k)
		}
		b.WriteString("]\n")
		for k, e := range c.Evidence {
			fmt.Fprintf(&b, "\n[[evidence]]\nid = \"e%05d-%d\"\ntitle = %q\neffective = %s\nnote = \"Kept in the archive.\"\nclassification = \"internal\"\n", i, k, e.Title, e.Collected)
		}
		write(fmt.Sprintf("organization/records/c%05d.toml", i), b.String())
	}
	var b strings.Builder
	for _, q := range controls {
		fmt.Fprintf(&b, "[[decision]]\nrequirement = %q\napplicable = true\nreasons = [\"policy\"]\njustification = \"Our policy for AI asks for it.\"\n\n", q)
	}
	write("organization/decisions.toml", b.String())
	b.Reset()
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		fmt.Fprintf(&b, "[[role]]\nid = %q\ntitle = %q\n\n", id, roles[id])
	}
	write("organization/roles.toml", b.String())
	return files
}
