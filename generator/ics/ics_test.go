package ics

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for machines without time zones

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/calendar"
	"annex/generator/load"
	"annex/generator/readiness"
)

func asOf() aims.Date { return aims.NewDate(2026, 11, 24) }

func options() Options {
	return Options{Name: "Sample Ltd", Organization: "sample", AsOf: asOf(), Version: "1.2.0"}
}

// event returns the event that tests begin with.
func event() calendar.Event {
	day := aims.NewDate(2027, 1, 15)
	return calendar.Event{
		ID: "document-ai-policy", Kind: calendar.DocumentReview, Day: day, Last: day,
		Title: `Review the document "AI policy"`, Help: "Review it, and set next_review.",
		Owner:   &aims.Role{Record: aims.Record{ID: "lead", Title: "Lead"}},
		Project: &aims.Project{Record: aims.Record{ID: "sample", Title: "Sample Ltd"}}, Classification: aims.Internal,
	}
}

func write(t testing.TB, o Options, events ...calendar.Event) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, events, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// example returns the file of the example.
func example(t *testing.T) []byte {
	t.Helper()
	w, _, err := load.Load(content.Example(), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	o := w.Organizations()[0]
	return write(t, Options{Name: o.Title, Organization: o.ID, AsOf: asOf(), Version: "1.2.0"}, calendar.Events(readiness.Assess(w, o, asOf()))...)
}

func TestAFileOfOneEvent(t *testing.T) {
	const want = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//annex//annex 1.2.0//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:Sample Ltd
BEGIN:VEVENT
UID:document-ai-policy@sample.annex.invalid
DTSTAMP:20261124T000000Z
SEQUENCE:9824
DTSTART;VALUE=DATE:20270115
DTEND;VALUE=DATE:20270116
SUMMARY:Review the document "AI policy"
DESCRIPTION:Review it\, and set next_review.\n\nOwner: Lead\nProject:
  Sample Ltd
CATEGORIES:Document review
CLASS:PRIVATE
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P30D
DESCRIPTION:Review the document "AI policy"
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P7D
DESCRIPTION:Review the document "AI policy"
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1D
DESCRIPTION:Review the document "AI policy"
END:VALARM
END:VEVENT
END:VCALENDAR
`
	if got := string(write(t, options(), event())); got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("got\n%s", got)
	}
}

// TestWhatAnEventSays changes one thing of an event and looks at its lines.
func TestWhatAnEventSays(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*calendar.Event)
		want   string // lines, one after the other
	}{
		{"three days", func(e *calendar.Event) { e.Last = e.Day.AddDays(2) }, "DTSTART;VALUE=DATE:20270115\r\nDTEND;VALUE=DATE:20270118"},
		{"the last day of a year", func(e *calendar.Event) { e.Day = aims.NewDate(2026, 12, 31); e.Last = e.Day }, "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101"},
		{"the leap day", func(e *calendar.Event) { e.Day = aims.NewDate(2028, 2, 29); e.Last = e.Day }, "DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301"},
		{"overdue", func(e *calendar.Event) { e.Overdue = true }, "CATEGORIES:Document review\r\nCATEGORIES:Overdue"},
		{"overdue, in words", func(e *calendar.Event) { e.Overdue = true }, `DESCRIPTION:Overdue: the day was 15 Jan 2027.\nReview it\, and set`},
		{"no owner", func(e *calendar.Event) { e.Owner = nil }, `DESCRIPTION:Review it\, and set next_review.\n\nProject: Sample Ltd`},
		{"public", func(e *calendar.Event) { e.Classification = aims.Public }, "CLASS:PUBLIC"},
		{"internal", func(e *calendar.Event) { e.Classification = aims.Internal }, "CLASS:PRIVATE"},
		{"confidential", func(e *calendar.Event) { e.Classification = aims.Confidential }, "CLASS:CONFIDENTIAL"},
		{"restricted", func(e *calendar.Event) { e.Classification = aims.Restricted }, "CLASS:CONFIDENTIAL"},
		{"without a class", func(e *calendar.Event) { e.Classification = "" }, "CLASS:CONFIDENTIAL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := event()
			c.change(&e)
			if got := string(write(t, options(), e)); !strings.Contains(got, "\r\n"+c.want+"\r\n") {
				t.Errorf("no %q in\n%s", c.want, got)
			}
		})
	}
}

// TestALaterFileIsALaterRevision holds that programs take over what changed.
func TestALaterFileIsALaterRevision(t *testing.T) {
	for day, want := range map[aims.Date]string{
		aims.NewDate(2026, 11, 25): "DTSTAMP:20261125T000000Z\r\nSEQUENCE:9825\r\n",
		aims.NewDate(2027, 11, 24): "DTSTAMP:20271124T000000Z\r\nSEQUENCE:10189\r\n",
		aims.NewDate(1999, 12, 31): "DTSTAMP:19991231T000000Z\r\nSEQUENCE:0\r\n",
	} {
		o := options()
		o.AsOf = day
		if got := string(write(t, o, event())); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestAddressesOfPages(t *testing.T) {
	path := func(e calendar.Event) string { return "documents/" + e.ID + ".html#a" }
	for _, c := range []struct {
		name, base, want string
		path             func(calendar.Event) string
	}{
		{"without a base", "", "", path},
		{"without pages", "https://example.org/", "", nil},
		{"without a page", "https://example.org/", "", func(calendar.Event) string { return "" }},
		{"at the root", "https://example.org", "https://example.org/documents/document-ai-policy.html#a", path},
		{"below the root", "https://example.org/aims", "https://example.org/aims/documents/document-ai-policy.html#a", path},
		{"below the root, as a folder", "http://example.org/aims/", "http://example.org/aims/documents/document-ai-policy.html#a", path},
		{"with a comma and a letter", "https://example.org/a,b/ü/", "https://example.org/a,b/%C3%BC/documents/document-ai-policy.html#a", path},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options()
			o.Base, o.Path = c.base, c.path
			got := ""
			if p := parse(t, write(t, o, event()))[0].Props.Get("URL"); p != nil {
				got = p.Value
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for _, base := range []string{"example.org", "ftp://example.org/", "javascript:alert(1)", "https:///aims", "https://exa mple.org"} {
		o := options()
		o.Base, o.Path = base, path
		if err := Write(io.Discard, []calendar.Event{event()}, o); err == nil {
			t.Errorf("%q is taken for a web address", base)
		}
	}
}

func TestAFileWithoutEvents(t *testing.T) {
	if got := string(write(t, options())); !strings.HasSuffix(got, "X-WR-CALNAME:Sample Ltd\r\nEND:VCALENDAR\r\n") {
		t.Errorf("got\n%s", got)
	}
}

// failing takes some bytes, and none after that.
type failing struct{ left int }

var errFull = errors.New("disk full")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFullDiskIsAnError(t *testing.T) {
	var events []calendar.Event
	for range 20 {
		events = append(events, event())
	}
	for _, room := range []int{0, 5000, len(write(t, options(), events...)) - 1} {
		if err := Write(&failing{room}, events, options()); !errors.Is(err, errFull) {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}

// TestTheSameBytesEverywhere makes the file of the example in other processes,
// each of which believes to be somewhere else.
func TestTheSameBytesEverywhere(t *testing.T) {
	const name = "ANNEX_TEST_ICS"
	if file := os.Getenv(name); file != "" {
		if _, seconds := time.Now().Zone(); (seconds == 0) != (os.Getenv("TZ") == "UTC") {
			t.Fatal("the time zone is not known here")
		}
		if err := os.WriteFile(file, example(t), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := example(t)
	for _, place := range [][]string{
		{"TZ=Pacific/Kiritimati", "LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8", "GOMAXPROCS=1"},
		{"TZ=Pacific/Pago_Pago", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"},
		{"TZ=UTC", "LANG=C", "LC_ALL=C", "HOME=/", "USER=somebody"},
	} {
		file := t.TempDir() + "/calendar.ics"
		cmd := exec.Command(os.Args[0], "-test.run=^TestTheSameBytesEverywhere$")
		cmd.Env = append(append(os.Environ(), place...), name+"="+file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %s", err, out)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("with %v the file differs", place)
		}
	}
}
