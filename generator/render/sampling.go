package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"annex/generator/aims"
	"annex/generator/sampling"
)

// The sampling sheet, and the file with all that can be drawn. That is a script
// that assigns, as that of the search.
const (
	samplingPath   = "sampling.html"
	samplingItems  = "sampling/items.js"
	samplingScript = "sampling.js"
)

// samplePerItem is how many executions of a drawn control the sheet names.
const samplePerItem = 3

// samplingView is the sheet with what the seed of the pack draws.
type samplingView struct {
	Seed    string
	Example string // the command that computes the digest of the first item
	Lists   []sampleList
	Per     int
}

// sampleList is one list with its sample.
type sampleList struct {
	ID, Title string
	Total     int
	Size      int
	Rows      []sampleRow
}

// sampleRow is one drawn item.
type sampleRow struct {
	sampleItem
	Digest string // its first digits
	Looks  []sampleItem
}

// sampleItem is something that can be drawn: a control or an AI system, or below
// one of them an execution or a piece of evidence.
type sampleItem struct {
	Key   string       `json:"key"` // control:validation-before-release
	Title string       `json:"title"`
	Path  string       `json:"path,omitempty"`
	Owner string       `json:"owner,omitempty"`
	Links []sampleLink `json:"links,omitempty"`
	Items []sampleItem `json:"items,omitempty"`
}

// sampleLink leads to evidence.
type sampleLink struct {
	Title string `json:"title"`
	Path  string `json:"path"`
}

func (s *part) samplingPages(yield func(Page) bool) bool {
	if s.pack == nil {
		return true
	}
	sheet := func() page {
		return page{Title: "Sampling sheet", Section: "sampling", View: s.samplingView(), Script: samplingScript}
	}
	return yield(s.later(samplingPath, samplingPath, sheet)) && yield(Page{Path: samplingItems, Write: func(b *bytes.Buffer) error {
		b.WriteString("var annexItems=")
		if err := json.NewEncoder(b).Encode(s.samplePopulation()); err != nil { // it escapes what could end a script
			return fmt.Errorf("making the items to sample: %w", err)
		}
		return nil
	}})
}

// seed returns what samples are drawn by.
func (s *part) seed() string {
	return cmp.Or(s.pack.Seed, s.report.Organization.ID+" "+s.AsOf.String())
}

func (s *part) samplingView() samplingView {
	v := samplingView{Seed: s.seed(), Per: samplePerItem}
	all := s.samplePopulation()
	for _, list := range []struct{ id, title string }{{"controls", "Controls"}, {"systems", "AI systems"}} {
		items := all[list.id]
		x := sampleList{ID: list.id, Title: list.title, Total: len(items), Size: sampling.Size(len(items))}
		for _, drawn := range drawFrom(v.Seed, items, x.Size) {
			row := sampleRow{sampleItem: items[drawn.Index], Digest: fmt.Sprintf("%x", drawn.Digest[:8])}
			for _, look := range drawFrom(v.Seed, row.Items, samplePerItem) {
				row.Looks = append(row.Looks, row.Items[look.Index])
			}
			x.Rows = append(x.Rows, row)
		}
		if v.Example == "" && len(x.Rows) > 0 {
			v.Example = `printf '%s\n%s' ` + quoted(v.Seed) + " " + quoted(x.Rows[0].Key) + " | sha256sum"
		}
		v.Lists = append(v.Lists, x)
	}
	return v
}

func drawFrom(seed string, items []sampleItem, n int) []sampling.Item {
	keys := make([]string, len(items))
	for i, x := range items {
		keys[i] = x.Key
	}
	return sampling.Draw(seed, keys, n)
}

// quoted puts a text between the quotes of a shell.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// samplePopulation is everything that can be drawn, by list.
func (s *part) samplePopulation() map[string][]sampleItem {
	w := s.Workspace
	controls, systems := []sampleItem{}, []sampleItem{}
	performed := map[*aims.System][]sampleItem{}
	for _, c := range w.Controls {
		x := s.sampled(subject(c), c.Owner)
		seen := map[string]int{}
		for _, run := range c.Executions {
			item := s.sampledExecution(run)
			if seen[item.Key]++; seen[item.Key] > 1 { // several on one day
				item.Key += " " + strconv.Itoa(seen[item.Key])
			}
			x.Items = append(x.Items, item)
			if run.System != nil {
				item.Title = c.Title + ": " + item.Title
				performed[run.System] = append(performed[run.System], item)
			}
		}
		for _, e := range w.EvidenceOf(c) {
			if direct(e, c) {
				x.Items = append(x.Items, sampleItem{Key: "evidence:" + e.ID, Title: s.words.say("Evidence") + ": " + s.words.date(e.Effective), Links: []sampleLink{s.sampleLink(e)}})
			}
		}
		controls = append(controls, x)
	}
	for _, sys := range w.Systems() {
		x := s.sampled(subject(sys), sys.Owner)
		x.Items = performed[sys]
		systems = append(systems, x)
	}
	return map[string][]sampleItem{"controls": controls, "systems": systems}
}

func direct(e *aims.Evidence, c *aims.Control) bool {
	for _, x := range e.Direct {
		if x == c {
			return true
		}
	}
	return false
}

func (s *part) sampled(x aims.Subject, owner *aims.Role) sampleItem {
	item := sampleItem{Key: string(x.Kind) + ":" + x.Record.ID, Title: x.Title(), Path: s.paths.of(x), Owner: s.words.say(none)}
	if owner != nil {
		item.Owner = owner.Title
	}
	return item
}

// sampledExecution names an execution by its control, day and AI system.
func (s *part) sampledExecution(x *aims.Execution) sampleItem {
	item := sampleItem{
		Key:   "execution:" + x.Control.ID + " " + x.On.String(),
		Title: s.words.date(x.On) + ", " + s.words.word(string(x.Result)),
	}
	if x.System != nil {
		item.Key += " " + x.System.ID
		item.Title += ", " + x.System.Title
	}
	for _, e := range x.Evidence {
		item.Links = append(item.Links, s.sampleLink(e))
	}
	return item
}

func (s *part) sampleLink(e *aims.Evidence) sampleLink {
	if e.File != "" {
		return sampleLink{e.Title, escaped(s.evidenceFile(e))}
	}
	return sampleLink{e.Title, s.paths.of(subject(e))}
}
