package schema

import (
	"path"
	"strings"
)

// Dir is the folder of a workspace that holds the schemas. Annex leaves it alone
// otherwise, since its name begins with a dot.
const Dir = ".annex/schemas"

// SettingsFile is the file of a workspace that tells editors which schema is for
// which file.
const SettingsFile = ".taplo.toml"

// Line returns the line that names the schema of a file, to be written at its
// top; name is its path in the workspace. It is empty for files that have no
// schema or cannot name it, and for evidence, which stays as it is.
//
//	schema.Line("systems/triage/risks.toml") // "#:schema ../../.annex/schemas/records.json\n"
//
// The path in it counts from the file, whichever folder the editor has open.
func Line(name string) string {
	if path.Ext(name) != ".toml" || strings.Contains("/"+name, "/evidence/") || strings.HasPrefix(name, "theme/") {
		return ""
	}
	return "#:schema " + strings.Repeat("../", strings.Count(name, "/")) + Dir + "/" + kind(name) + ".json\n"
}

// kind returns the name of the schema for a TOML file of a workspace.
func kind(name string) string {
	switch {
	case name == "annex.toml":
		return "annex"
	case path.Base(name) == "project.toml":
		return "project"
	case strings.HasPrefix(name, "frameworks/"):
		return "framework"
	}
	return "records"
}

// Settings returns the contents of [SettingsFile]: the schema of every file that
// does not name one itself, as long as the editor has the workspace open as a
// folder.
func Settings() string {
	return `# Which schema is for which file, for editors that go by taplo, such as VS Code with
# Even Better TOML. Annex does not read this file.
include = ["**/*.toml"]
exclude = ["**/evidence/**", "theme/**", "public/**"]

[[rule]]
include = ["annex.toml"]
schema.path = ".annex/schemas/annex.json"

[[rule]]
include = ["**/project.toml"]
schema.path = ".annex/schemas/project.json"

[[rule]]
include = ["frameworks/*.toml"]
schema.path = ".annex/schemas/framework.json"

[[rule]]
include = ["*/**/*.toml"]
exclude = ["**/project.toml", "frameworks/**", "**/evidence/**", "theme/**", "public/**"]
schema.path = ".annex/schemas/records.json"
`
}
