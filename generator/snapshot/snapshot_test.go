package snapshot_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/snapshot"
	"annex/generator/soa"
)

// derive derives what a snapshot is made from.
func derive(w *aims.Workspace) snapshot.Input {
	in := snapshot.Input{Workspace: w, AsOf: sample.Day(), Version: "test"}
	for _, o := range w.Organizations() {
		report := readiness.Assess(w.Scope(o), o, in.AsOf)
		in.Parts = append(in.Parts, snapshot.Part{Report: report, Statements: soa.All(report), Issues: check.Run(report)})
	}
	return in
}

func loaded(t testing.TB, fsys fs.FS) *aims.Workspace {
	t.Helper()
	w, diags, err := load.Load(fsys, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	if n := diag.Count(diags).Errors; n > 0 {
		t.Fatalf("%d errors: %v", n, diags)
	}
	return w
}

func written(t testing.TB, in snapshot.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := snapshot.Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// form compiles the schema with another library than the one that makes it.
func form(t *testing.T) *validator.Schema {
	t.Helper()
	text, err := snapshot.Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(snapshot.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(snapshot.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func holds(t *testing.T, s *validator.Schema, text []byte) {
	t.Helper()
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = s.Validate(doc)
	}
	if err != nil {
		t.Error(err)
	}
}

// hostile gives texts that could end a script, a line or a terminal's patience.
const hostile = `
[[control]]
id = "c"
title = "</script><script>alert(1)</script> \u2028 \u0000 \u001b[2J \\ \" ' & \uFFFF"
status = "implemented"
satisfies = ["mini:A.1"]
cadence = "1 month"
level = "system"
description = """
See [[plan]], [[mini:A.1|a <b>]] & *more* &lt;i&gt;.

- one
- two

| a | b |
|---|---|
| 1 | 2 |
"""

[[control.execution]]
on = 2026-05-12
result = "effective"
note = "=1+1"

[[objective]]
id = "o"
title = "O"
target = 0
[[objective.measurement]]
on = 2026-01-01
value = 1e300
-- organization/plan.md --
+++
id = "plan"
title = "The <plan>"
+++
Text.
`

// TestSnapshotsHaveTheFormOfTheSchema validates snapshots of every workspace that
// annex brings, of what audiences see of them, and of a hostile one.
func TestSnapshotsHaveTheFormOfTheSchema(t *testing.T) {
	s := form(t)
	example := loaded(t, content.Example())
	for name, w := range map[string]*aims.Workspace{
		"example": example, "starter": loaded(t, content.Starter()), "empty": loaded(t, content.Empty()), "hostile": sample.Load(t, hostile), "bare": sample.Load(t, ""),
	} {
		t.Run(name, func(t *testing.T) { holds(t, s, written(t, derive(w))) })
	}
	if len(example.Audiences) == 0 {
		t.Error("the example has no audience")
	}
	for _, a := range append(slices.Clone(example.Audiences), &aims.Audience{ID: "nobody", Ceiling: aims.Public}) {
		t.Run("audience "+a.ID, func(t *testing.T) {
			w := *example
			w.Audiences = append(slices.Clone(example.Audiences), a)
			text := written(t, derive(audience.For(&w, a)))
			holds(t, s, text)
			if a.ID == "nobody" && !bytes.Contains(text, []byte(`"withheld":"`)) {
				t.Error("nothing is withheld from the public")
			}
		})
	}
}

// TestTheSchemaSeesWhatIsWrong holds that the schema is no empty promise.
func TestTheSchemaSeesWhatIsWrong(t *testing.T) {
	s := form(t)
	text := string(written(t, derive(sample.Load(t, hostile))))
	for _, change := range [][2]string{
		{`"as_of":"2026-11-24"`, `"as_of":"24 Nov 2026"`},
		{`"status":"implemented"`, `"status":"done"`},
		{`"level":"system"`, `"level":null`},
		{`"executions":[`, `"performances":[`},
		{`"satisfies":["mini:A.1"]`, `"satisfies":"mini:A.1"`},
		{`"controls":[`, `"control":[`},
		{`"target":0`, `"target":"0"`},
	} {
		if !strings.Contains(text, change[0]) {
			t.Fatalf("%s is not there", change[0])
		}
		doc, err := validator.UnmarshalJSON(strings.NewReader(strings.Replace(text, change[0], change[1], 1)))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(doc) == nil {
			t.Errorf("%s is taken", change[1])
		}
	}
}

// TestEveryPropertyIsExplained holds that no key of the schema is left without a
// description, and that lists are never null.
func TestEveryPropertyIsExplained(t *testing.T) {
	text, err := snapshot.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	n := 0
	var walk func(path string, s map[string]any)
	walk = func(path string, s map[string]any) {
		if items, ok := s["items"].(map[string]any); ok {
			walk(path+"[]", items)
		}
		if types, ok := s["type"].([]any); ok && slices.Contains(types, any("array")) {
			t.Errorf("%s may be null", path)
		}
		properties, _ := s["properties"].(map[string]any)
		for name, p := range properties {
			p := p.(map[string]any)
			if about, _ := p["description"].(string); about == "" {
				t.Errorf("%s.%s is not explained", path, name)
			}
			n++
			walk(path+"."+name, p)
		}
	}
	walk("", root)
	t.Logf("%d properties", n)
}

// TestTheSameInputGivesTheSameBytes derives a snapshot twice.
func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	a := written(t, derive(loaded(t, content.Example())))
	b := written(t, derive(loaded(t, content.Example())))
	if !bytes.Equal(a, b) {
		t.Error("they differ")
	}
	if !bytes.HasPrefix(a, []byte("{\n\"$schema\":\""+snapshot.SchemaID+"\",\n")) {
		t.Errorf("it begins with %.80s", a)
	}
}

// TestProseHasItsWords holds what becomes of a text with references and marks.
func TestProseHasItsWords(t *testing.T) {
	var model snapshot.Model
	if err := json.Unmarshal(written(t, derive(sample.Load(t, hostile))), &model); err != nil {
		t.Fatal(err)
	}
	p := model.Controls[0].Description
	if want := "See The <plan>, a <b> & more <i>.\n- one\n- two\na | b\n1 | 2"; p.Text != want {
		t.Errorf("got %q, want %q", p.Text, want)
	}
	if want := `<ref to="plan"></ref>`; !strings.Contains(p.HTML, want) {
		t.Errorf("%q has no %s", p.HTML, want)
	}
}

// TestWritersMayFail holds that what a writer says comes back.
func TestWritersMayFail(t *testing.T) {
	full := errors.New("disk full")
	if err := snapshot.Write(failing{full}, derive(sample.Load(t, hostile))); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// many is a workspace of n controls, each with an execution and its evidence.
func many(tb testing.TB, n int) snapshot.Input {
	tb.Helper()
	var b strings.Builder
	for i := range n {
		id := strconv.Itoa(i)
		if i%500 == 0 {
			b.WriteString("-- organization/r" + id + ".toml --\n")
		}
		b.WriteString("[[control]]\nid = \"c" + id + "\"\ntitle = \"Control " + id + "\"\nstatus = \"implemented\"\nowner = \"lead\"\ncadence = \"6 months\"\nsatisfies = [\"mini:A.1\"]\n" +
			"description = \"What we do, in a sentence or two, with [[c0]].\"\n[[control.execution]]\non = 2026-10-01\nby = \"lead\"\nresult = \"effective\"\nevidence = [\"e" + id + "\"]\n" +
			"[[evidence]]\nid = \"e" + id + "\"\ntitle = \"Evidence " + id + "\"\nnote = \"See there.\"\neffective = 2026-10-01\nexpires = 2027-10-01\n")
	}
	return derive(sample.Load(tb, b.String()))
}

// TestLargeWorkspacesAreQuick bounds what ten thousand records cost; the limit is
// far above what a quiet computer needs.
func TestLargeWorkspacesAreQuick(t *testing.T) {
	in := many(t, 5000)
	result := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			if err := snapshot.Write(io.Discard, in); err != nil {
				b.Fatal(err)
			}
		}
	})
	t.Logf("10,000 records: %s", result)
	if took := float64(result.T.Milliseconds()) / float64(result.N); took > 2000 {
		t.Errorf("%.0f ms", took)
	}
}
