// Package snapshot writes everything that annex knows of a workspace on one day
// as JSON, for other programs: every record with all its keys, and what follows
// from them.
//
//	{
//	"$schema":"urn:annex:schema:model:1",
//	"tool":{"name":"annex","version":"0.1.0"},
//	"as_of":"2026-11-24",
//	"audience":null,
//	...
//	"controls":[
//	{"id":"ai-policy","title":"AI policy","project":"organization",...,"state":"operating","next_due":"2027-03-12",...},
//	...
//	]}
//
// # What programs may rely on
//
// Every list is a table of its own, below the top, and each of its rows stands on
// a line. Rows name each other by id: a record by its id, a requirement as
// framework:ref. With several organizations, records of all stand in the same
// lists, and what is derived for one says for which.
//
// Every key is always there. What is not given is null; a text that is not given
// is "", a list []. Days are texts such as 2026-05-12, numbers are numbers. A text in
// Markdown has its HTML, in which a reference is <ref to="id">, and its words.
//
// Keys of records have the names that they have in the files, and the lists have
// the plural of their table. A change that takes a key away or gives it another
// meaning comes with another number in "$schema"; new keys may come at any time.
// [Schema] is the JSON Schema (2020-12), made from the same types.
//
// For an audience the workspace is cut before anything is derived, as for its
// site: a row that says "withheld" is a stand-in without words. The same workspace
// and day give the same bytes.
package snapshot

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// SchemaID names the form of the JSON. The number grows when a key goes away or
// means something else.
const SchemaID = "urn:annex:schema:model:1"

// Input is what a snapshot is made from.
type Input struct {
	Workspace *aims.Workspace // the whole, or what of it the audience may see
	Parts     []Part          // one for each organization
	AsOf      aims.Date
	Version   string // of annex
}

// Part is what follows for one organization.
type Part struct {
	Report     *readiness.Report
	Statements []*soa.Statement
	Issues     []check.Issue
}

// Write writes the snapshot. The error is one of the writer.
func Write(w io.Writer, in Input) error {
	out := bufio.NewWriterSize(w, 1<<16)
	line := &encoder{out: out}
	model := reflect.ValueOf(newMaker(in).model())
	for i := range model.NumField() {
		open := ","
		if i == 0 {
			open = "{"
		}
		name, _ := json.Marshal(model.Type().Field(i).Tag.Get("json"))
		line.text(open + "\n" + string(name) + ":")
		line.value(model.Field(i))
	}
	line.text("\n}\n")
	if line.err == nil {
		line.err = out.Flush()
	}
	if line.err != nil {
		return fmt.Errorf("writing the snapshot: %w", line.err)
	}
	return nil
}

// encoder writes values one after the other until something fails.
type encoder struct {
	out *bufio.Writer
	err error
}

func (e *encoder) text(s string) {
	if e.err == nil {
		_, e.err = e.out.WriteString(s)
	}
}

// value writes a value on the line, or a list with a line for each row.
func (e *encoder) value(v reflect.Value) {
	if v.Kind() != reflect.Slice {
		e.one(v.Interface())
		return
	}
	e.text("[")
	for i := range v.Len() {
		if i > 0 {
			e.text(",")
		}
		e.text("\n")
		e.one(v.Index(i).Interface())
	}
	e.text("]")
}

func (e *encoder) one(x any) {
	if e.err != nil {
		return
	}
	var text []byte
	if text, e.err = json.Marshal(x); e.err == nil {
		_, e.err = e.out.Write(text)
	}
}
