// Package schema describes the files that users write, as JSON Schemas for their
// editors. A table of keys becomes completion, explanations and red lines under
// what annex would refuse:
//
//	{"owner", "Id of the one role that answers for it (clause 5.3).", reference()}
//
//	"owner": {
//	  "title": "Owner",
//	  "description": "Id of the one role that answers for it (clause 5.3).",
//	  "type": "string",
//	  "pattern": "^([a-z0-9]+(-[a-z0-9]+)*)?$"
//	}
//
// There is a schema for each place of the workspace: annex, project, records,
// framework, document for the front matter of documents, and texts for the JSON
// of theme/lang. They stand in the
// workspace itself ([Dir]), so that they work offline, and a file names its own
// in its first line ([Line]). Editors that go by taplo read that line, such as VS
// Code with Even Better TOML; for files without it there are [Settings]. Front
// matter cannot have such a line: to an editor a document is Markdown, and the
// schema is for other programs.
//
// # What a schema can see
//
// A schema sees one file. It knows keys, types, words, the form of ids, periods
// and requirements, what must be there, and a few keys that ask for each other.
// It does not know whether an id exists. It must never warn of what annex takes:
// a test puts values of every type under every key and compares the two.
//
// The draft is 7, the newest that taplo knows. It hands a TOML date to the schema
// as a text, so that no schema can tell a date from one in quotes (its issue 826),
// and 3.0 passes for a whole number. Everything stands in its place, without $ref
// and allOf: taplo shows no explanation of what it finds behind these.
//
// The values are github.com/google/jsonschema-go's, which writes properties in
// the order of the table and needs no other library.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
)

// draft is the version of JSON Schema that editors know.
const draft = "http://json-schema.org/draft-07/schema#"

// File is one schema.
type File struct {
	Name string // records
	JSON []byte // ends in a new line
}

// Path returns where the schema stands in a workspace.
func (f File) Path() string { return Dir + "/" + f.Name + ".json" }

// Ours reports whether a text is this schema as some version of annex wrote it:
// JSON that has its $id.
func (f File) Ours(text []byte) bool {
	var head struct {
		ID string `json:"$id"`
	}
	return json.Unmarshal(text, &head) == nil && head.ID == address(f.Name)
}

// address returns the $id of a schema.
func address(name string) string { return "urn:annex:schema:" + name }

// Files returns all schemas. Frameworks are the ids of the catalogs that come
// with annex; editors suggest them.
func Files(frameworks []string) ([]File, error) {
	var list []File
	for _, r := range roots(frameworks) {
		s := r.table.schema()
		if r.free {
			s.AdditionalProperties = &jsonschema.Schema{Type: "string"}
		}
		s.Schema, s.ID, s.Title = draft, address(r.name), r.title
		s.Comment = "Written by `annex schema`; changes are lost when it runs again."
		text, err := Encode(s)
		if err != nil {
			return nil, err
		}
		list = append(list, File{r.name, text})
	}
	return list, nil
}

// Encode writes a schema as indented JSON.
func Encode(s *jsonschema.Schema) ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("writing a schema: %w", err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return nil, fmt.Errorf("writing a schema: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// root is the table that a file is.
type root struct {
	name, title string
	table       *table
	free        bool // whether any other key may have a text
}

func roots(frameworks []string) []root {
	return []root{
		{name: "annex", title: "annex.toml, the settings of a workspace", table: workspace(frameworks)},
		{name: "project", title: "project.toml, an organization or an AI system", table: project(frameworks)},
		{name: "records", title: "Records of an AI management system", table: records()},
		{name: "framework", title: "A catalog of requirements, or a crosswalk between two", table: frameworkFile()},
		{name: "document", title: "Front matter of a document, as TOML between lines +++", table: document()},
		{name: "texts", title: "theme/lang/*.json, the texts of pages in another language", table: &table{about: "Texts of the interface by their English wording."}, free: true},
	}
}
