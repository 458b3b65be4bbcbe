package source

import (
	"bytes"
	"fmt"

	"github.com/BurntSushi/toml"

	"annex/generator/diag"
)

// WithoutComments returns a TOML text that says the same and nothing else: no
// comment is in it, and its keys are in the order of the alphabet. It is for
// files that go to readers for whom the comments were not meant.
func WithoutComments(name string, text []byte) ([]byte, []diag.Diagnostic) {
	values, diags := decode(name, text, 1)
	if len(diags) > 0 {
		return nil, diags
	}
	var b bytes.Buffer
	e := toml.NewEncoder(&b)
	e.Indent = ""
	if err := e.Encode(values); err != nil {
		return nil, []diag.Diagnostic{diag.New(diag.TOMLSyntax, start(name), fmt.Sprintf("the file cannot be written again: %v", err), "write its values in a simpler form")}
	}
	return b.Bytes(), nil
}
