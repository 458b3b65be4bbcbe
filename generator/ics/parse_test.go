package ics

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"

	"annex/generator/aims"
	"annex/generator/calendar"
	"annex/generator/readiness"
	"annex/generator/sample"
)

// parse reads a file with another library than the one that wrote it, and holds
// it to what RFC 5545 says of lines and of events.
func parse(t testing.TB, data []byte) []goical.Event {
	t.Helper()
	checkLines(t, data)
	c, err := goical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	// The encoder of the library knows which properties there may be, and
	// how many of each.
	if len(c.Children) > 0 {
		if err := goical.NewEncoder(new(bytes.Buffer)).Encode(c); err != nil {
			t.Error(err)
		}
	}
	seen := map[string]bool{}
	for _, e := range c.Events() {
		uid := text(t, e.Component, "UID")
		if uid == "" || seen[uid] {
			t.Errorf("the UID %q is not its own", uid)
		}
		seen[uid] = true
		checkAlarms(t, e)
		checkDays(t, e)
	}
	return c.Events()
}

// checkLines holds that every line ends in CRLF, has at most 75 octets, is
// valid UTF-8 on its own and has no control character but the tab.
func checkLines(t testing.TB, data []byte) {
	t.Helper()
	lines := strings.Split(string(data), "\r\n")
	if lines[len(lines)-1] != "" {
		t.Error("the last line does not end")
	}
	for _, line := range lines {
		switch {
		case len(line) > 75:
			t.Errorf("%d octets: %q", len(line), line)
		case !utf8.ValidString(line):
			t.Errorf("a character is broken: %q", line)
		case strings.ContainsFunc(line, func(r rune) bool {
			return r < ' ' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029
		}):
			t.Errorf("a control character: %q", line)
		}
	}
}

func checkAlarms(t testing.TB, e goical.Event) {
	t.Helper()
	var days []int
	for _, a := range e.Children {
		trigger, err := a.Props.Get("TRIGGER").Duration()
		if err != nil || a.Name != "VALARM" || a.Props.Get("ACTION").Value != "DISPLAY" || text(t, a, "DESCRIPTION") != text(t, e.Component, "SUMMARY") {
			t.Errorf("%v in the alarm %v", err, a)
		}
		days = append(days, int(-trigger/(24*time.Hour)))
	}
	if !slices.Equal(days, []int{30, 7, 1}) {
		t.Errorf("alarms %v days before", days)
	}
}

func checkDays(t testing.TB, e goical.Event) {
	t.Helper()
	start, err := e.DateTimeStart(time.UTC)
	if err != nil {
		t.Error(err)
	}
	end, err := e.DateTimeEnd(time.UTC)
	if err != nil || !end.After(start) {
		t.Errorf("from %s to %s: %v", start, end, err)
	}
	for _, name := range []string{"DTSTART", "DTEND"} {
		if e.Props.Get(name).ValueType() != goical.ValueDate {
			t.Errorf("%s is no day", name)
		}
	}
}

// text returns a property that must be one text: commas and semicolons of its
// own escaped, and nothing else.
func text(t testing.TB, c *goical.Component, name string) string {
	t.Helper()
	p := c.Props.Get(name)
	if p == nil {
		t.Fatalf("no %s in %v", name, c)
	}
	list, err := p.TextList()
	if err != nil || len(list) != 1 {
		t.Fatalf("%s is %q: %v", name, p.Value, err)
	}
	return list[0]
}

// hostile are titles that break what escapes or folds without care. What stands
// second is what is to be read back, the title itself unless it is given.
func hostile() [][2]string {
	list := [][2]string{
		{"", ""},
		{" ", ""},
		{"a,b;c:d\\e\"f'g", ""},
		{`\n \N \, \; \\ \`, ""},
		{"one\ntwo\r\nthree\rfour", "one\ntwo\nthree\nfour"},
		{"\n\n", ""},
		{"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "END:VEVENT\nBEGIN:VEVENT\nUID:x"},
		{"line\u2028para\u2029next\u0085up\vdown\fform", "line\npara\nnext\nup\ndown\nform"},
		{"bell\a escape\x1b[31m null\x00 del\x7f c1\u009b", "bell escape[31m null del c1"},
		{"broken \xff\xfe utf-8 \xe2\x82", "broken \uFFFD utf-8 \uFFFD"},
		{"tab\tand no-break\u00a0space", ""},
		{"תוכנית ניהול \u202eסיכונים\u202c, בינה; מלאכותית", ""},
		{"الإشراف البشري على نظام الفرز", ""},
		{"👩‍💻👨‍👩‍👧‍👦🇳🇴🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301\u0323", ""},
		{"=cmd|' /C calc'!A0", ""},
		{"<script>alert(1)</script>&amp;", ""},
		{"\ufeffbom", ""},
	}
	for _, unit := range []string{"x", " ", "ü", "€", "😀", "\\", ",", "\n", "<", "> ", "word ", "\u0301"} {
		for n := 60; n < 80; n++ {
			list = append(list, [2]string{strings.Repeat("a", n%7) + strings.Repeat(unit, n), ""})
		}
		list = append(list, [2]string{strings.Repeat(unit, 5000), ""})
	}
	for i, c := range list {
		if c[1] == "" {
			list[i][1] = c[0]
		}
	}
	return list
}

func TestHostileTextsComeBack(t *testing.T) {
	var events []calendar.Event
	for i, c := range hostile() {
		e := event()
		e.ID = fmt.Sprintf("risk-%d", i)
		e.Title, e.Help = c[0], c[0]+"."
		e.Owner = &aims.Role{Record: aims.Record{Title: c[0]}}
		e.Project = &aims.Project{Record: aims.Record{Title: c[0] + "!"}}
		events = append(events, e)
	}
	got := parse(t, write(t, options(), events...))
	if len(got) != len(events) {
		t.Fatalf("%d events came back of %d", len(got), len(events))
	}
	for i, c := range hostile() {
		if s := text(t, got[i].Component, "SUMMARY"); s != c[1] {
			t.Errorf("%q came back as %q", c[0], s)
		}
		want := strings.TrimSpace(fmt.Sprintf("%s.\n\nOwner: %s\nProject: %s!", c[1], c[1], c[1]))
		if s := text(t, got[i].Component, "DESCRIPTION"); s != want {
			t.Errorf("%q came back as %q", want, s)
		}
	}
	for _, c := range hostile() {
		o := options()
		o.Name, o.Version = c[0], c[0]
		data := write(t, o, event())
		parse(t, data)
		head, err := goical.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil {
			t.Fatal(err)
		}
		if s := text(t, head.Component, "X-WR-CALNAME"); s != c[1] {
			t.Errorf("the name %q came back as %q", c[0], s)
		}
	}
}

func FuzzTitles(f *testing.F) {
	for _, c := range hostile() {
		f.Add(c[0], 3)
	}
	f.Fuzz(func(t *testing.T, title string, days int) {
		e := event()
		e.Title, e.Help = title, title
		e.Last = e.Day.AddDays(days & 1023)
		got := parse(t, write(t, options(), e))
		if len(got) != 1 {
			t.Fatalf("%d events", len(got))
		}
		if s := text(t, got[0].Component, "SUMMARY"); s != clean(title) || clean(s) != s {
			t.Errorf("%q came back as %q", title, s)
		}
	})
}

func TestTheFileOfTheExample(t *testing.T) {
	if n := len(parse(t, example(t))); n < 300 {
		t.Errorf("only %d events", n)
	}
}

// TestUIDsOutliveChanges reads the files of one workspace before and after its
// titles, days and the order of its records changed.
func TestUIDsOutliveChanges(t *testing.T) {
	const records = `
[[risk]]
id = "a"
title = "First"
next_review = 2026-12-01
[[objective]]
id = "a"
title = "Second"
due = 2026-12-02
[[control]]
id = "c"
title = "Third"
level = "system"
owner = "lead"
status = "implemented"
implemented_on = 2026-06-03
cadence = "6 months"
`
	const system = "\n-- systems/bot/project.toml --\nkind = \"system\"\nid = \"bot\"\ntitle = \"Bot\"\n"
	uids := func(files string, day aims.Date, owner bool) []string {
		w := sample.Load(t, files)
		events := calendar.Events(readiness.Assess(w, w.Organizations()[0], day))
		if owner {
			events = calendar.OwnedBy(events, w.Roles[0])
		}
		o := options()
		o.AsOf = day
		var list []string
		for _, e := range parse(t, write(t, o, events...)) {
			list = append(list, text(t, e.Component, "UID"))
		}
		slices.Sort(list)
		return list
	}
	before := uids(records+system, asOf(), false)
	want := []string{"control-c--bot@sample.annex.invalid", "objective-a@sample.annex.invalid", "risk-a@sample.annex.invalid"}
	if !slices.Equal(before, want) {
		t.Errorf("got %v", before)
	}
	parts := strings.SplitAfter(records, "2026-12-01\n")
	changed := strings.NewReplacer("First", "Erstes", "Third", "Drittes", "2026-12-01", "2027-03-01", "2026-06-03", "2026-07-04").Replace(parts[1] + parts[0])
	if after := uids(changed+strings.Replace(system, "Bot", "Android", 1), asOf().AddDays(3), false); !slices.Equal(after, want) {
		t.Errorf("became %v", after)
	}
	if own := uids(records+system, asOf(), true); !slices.Equal(own, want[:1]) {
		t.Errorf("of the owner: %v", own)
	}
}
