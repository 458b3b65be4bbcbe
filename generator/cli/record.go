package cli

import (
	"fmt"
	"path"
	"strings"
	"text/template"

	"annex/content"
	"annex/generator/aims"
)

// form says where a new record of a kind is written. Its template has the name
// of the kind and the ending of the path.
type form struct{ kind, path string }

func forms() []form {
	return []form{
		{"document", "{project}/documents/{file}.md"},
		{"control", "{project}/controls/{file}.toml"},
		{"execution", "{project}/executions/{file}.toml"},
		{"decision", "{project}/decisions/{file}.toml"},
		{"decisions", "{project}/decisions/{file}.toml"},
		{"evidence", "{project}/records/{file}.toml"},
		{"risk", "{project}/risks/{file}.toml"},
		{"objective", "{project}/objectives/{file}.toml"},
		{"role", "{project}/roles/{file}.toml"},
		{"party", "{project}/parties/{file}.toml"},
		{"audit", "{project}/audits/{file}.toml"},
		{"finding", "{project}/findings/{file}.toml"},
		{"review", "{project}/reviews/{file}.toml"},
		{"signoff", "{project}/signoffs/{file}.toml"},
		{"system", "systems/{file}/project.toml"},
		{"impact", "{project}/documents/impact-{file}.md"},
		{"organization", "{file}/project.toml"},
		{"framework", "frameworks/{file}.toml"},
		{"crosswalk", "frameworks/{file}.toml"},
	}
}

// kinds returns the kinds that new can make.
func kinds() []string {
	var list []string
	for _, f := range forms() {
		list = append(list, f.kind)
	}
	return list
}

// blank is what a template is filled with.
type blank struct {
	*aims.Workspace
	ID, Title string
	Today     aims.Date
	BelongsTo string // id of the organization that an AI system belongs to

	Subject, About string      // of a signoff: the id of what was signed, and its kind
	Digest         []aims.Mark // of a signoff
	From, To       *aims.Framework
	Open           []*aims.Requirement // reference controls to decide on

	file string // name of the file without its ending
	dir  string // of the project
}

// Several reports whether AI systems have to say where they belong.
func (b blank) Several() bool { return len(b.Organizations()) > 1 }

// Known returns those of some requirements that belong to frameworks in use.
func (b blank) Known(refs ...string) []string {
	var list []string
	for _, ref := range refs {
		if found := b.Resolve(ref); len(found) == 1 && found[0].Requirement != nil {
			list = append(list, ref)
		}
	}
	return list
}

// Standards returns the ids of the standards in use: what is audited.
func (b blank) Standards() []string {
	var list []string
	for _, f := range b.Frameworks {
		if f.Standard() {
			list = append(list, f.ID)
		}
	}
	return list
}

// sheets returns the files of a new record: one, but for an AI system, which
// comes with its impact assessment.
func (b blank) sheets(kind string) ([]sheet, error) {
	s, err := b.sheet(kind)
	if err != nil || kind != "system" {
		return []sheet{s}, err
	}
	impact := b
	impact.dir, impact.Title = path.Dir(s.name), impactTitle(b.Title)
	second, err := impact.sheet("impact")
	return []sheet{s, second}, err
}

func impactTitle(system string) string { return "Impact assessment: " + system }

func (b blank) sheet(kind string) (sheet, error) {
	for _, f := range forms() {
		if f.kind != kind {
			continue
		}
		s := sheet{id: b.ID, name: strings.NewReplacer("{project}", b.dir, "{file}", b.file).Replace(f.path)}
		if kind == "impact" {
			s.id = "impact-" + b.ID
		}
		var err error
		s.text, err = b.fill(kind + path.Ext(f.path))
		return s, err
	}
	return sheet{}, fmt.Errorf("there is no template for the kind %q", kind)
}

// fill returns the text of a template of package content.
func (b blank) fill(name string) (string, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"toml": tomlValue, "key": tomlKey, "comment": comment}).ParseFS(content.Templates(), name)
	if err != nil {
		return "", fmt.Errorf("reading a template: %w", err)
	}
	var text strings.Builder
	if err := t.Execute(&text, b); err != nil {
		return "", fmt.Errorf("filling a template: %w", err)
	}
	return text.String(), nil
}

// tomlValue writes a text or a list of texts as TOML.
func tomlValue(x any) string {
	if list, ok := x.([]string); ok {
		var parts []string
		for _, text := range list {
			parts = append(parts, tomlText(text))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return tomlText(fmt.Sprint(x))
}

func tomlText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// tomlKey writes a key of TOML, between quotes where it must be.
func tomlKey(name string) string {
	if name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return name
	}
	return tomlText(name)
}

// comment writes a text as lines behind number signs.
func comment(text string) string { return "# " + strings.ReplaceAll(wrap(text), "\n", "\n# ") }
