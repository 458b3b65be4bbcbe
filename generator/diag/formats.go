package diag

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Format names a form in which diagnostics are printed.
type Format string

// The forms of `annex check --format`.
const (
	FormatText   Format = "text"
	FormatJSON   Format = "json"
	FormatSARIF  Format = "sarif"
	FormatJUnit  Format = "junit"
	FormatGitHub Format = "github"
)

// Formats returns all forms.
func Formats() []Format {
	return []Format{FormatText, FormatJSON, FormatSARIF, FormatJUnit, FormatGitHub}
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Help     string `json:"help,omitempty"`
}

// JSON writes diagnostics as one object with a list and its counts.
func JSON(w io.Writer, list []Diagnostic) error {
	out := struct {
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
		Errors      int              `json:"errors"`
		Warnings    int              `json:"warnings"`
		Notes       int              `json:"notes"`
	}{Diagnostics: []jsonDiagnostic{}}
	for _, d := range list {
		out.Diagnostics = append(out.Diagnostics, jsonDiagnostic{
			d.Code, d.Severity.String(), d.Pos.Filename, d.Pos.Line, d.Pos.Column, d.Message, d.Help,
		})
	}
	c := Count(list)
	out.Errors, out.Warnings, out.Notes = c.Errors, c.Warnings, c.Notes
	return encode(w, out)
}

func encode(w io.Writer, x any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return fmt.Errorf("printing diagnostics: %w", err)
	}
	return nil
}

// SARIF writes diagnostics as a SARIF 2.1.0 log (OASIS), which code hosts show
// beside the lines.
func SARIF(w io.Writer, list []Diagnostic, version string) error {
	type message struct {
		Text string `json:"text"`
	}
	type rule struct {
		ID               string  `json:"id"`
		ShortDescription message `json:"shortDescription"`
		FullDescription  message `json:"fullDescription"`
	}
	type region struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
	type artifact struct {
		URI string `json:"uri"`
	}
	type physical struct {
		ArtifactLocation artifact `json:"artifactLocation"`
		Region           region   `json:"region"`
	}
	type location struct {
		PhysicalLocation physical `json:"physicalLocation"`
	}
	type result struct {
		RuleID    string     `json:"ruleId"`
		Level     string     `json:"level"`
		Message   message    `json:"message"`
		Locations []location `json:"locations"`
	}
	type driver struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Rules   []rule `json:"rules"`
	}
	type tool struct {
		Driver driver `json:"driver"`
	}
	type run struct {
		Tool       tool     `json:"tool"`
		ColumnKind string   `json:"columnKind"`
		Results    []result `json:"results"`
	}
	r := run{Tool: tool{driver{Name: "annex", Version: version, Rules: []rule{}}}, ColumnKind: "unicodeCodePoints", Results: []result{}}
	for _, f := range Families() {
		for _, e := range f.Entries {
			r.Tool.Driver.Rules = append(r.Tool.Driver.Rules, rule{string(e.Code), message{e.Title}, message{e.Text}})
		}
	}
	for _, d := range list {
		text := d.Message
		if d.Help != "" {
			text += ". Help: " + d.Help
		}
		r.Results = append(r.Results, result{
			RuleID: string(d.Code), Level: d.Severity.String(), Message: message{text},
			Locations: []location{{physical{artifact{uri(d.Pos.Filename)}, region{d.Pos.Line, d.Pos.Column}}}},
		})
	}
	return encode(w, struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []run{r}})
}

func uri(path string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(path)
}

// JUnit writes diagnostics as a JUnit report: a test case for each code of the
// catalog, failed by its errors and warnings.
func JUnit(w io.Writer, list []Diagnostic) error {
	type failure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	type testcase struct {
		Name     string    `xml:"name,attr"`
		Class    string    `xml:"classname,attr"`
		Failures []failure `xml:"failure"`
	}
	type testsuite struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testcase `xml:"testcase"`
	}
	suite := testsuite{Name: "annex check"}
	for _, f := range Families() {
		for _, e := range f.Entries {
			c := testcase{Name: string(e.Code) + " " + e.Title, Class: "annex." + f.Title}
			for _, d := range list {
				if d.Code == e.Code && d.Severity >= Warning {
					c.Failures = append(c.Failures, failure{Plain(d.Message), d.Severity.String(), Place(d) + ": " + Plain(d.Help)})
				}
			}
			suite.Tests++
			if len(c.Failures) > 0 {
				suite.Failures++
			}
			suite.Cases = append(suite.Cases, c)
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("printing diagnostics: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(suite); err != nil {
		return fmt.Errorf("printing diagnostics: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// GitHub writes diagnostics as workflow commands, which GitHub Actions shows
// beside the lines of a change.
func GitHub(w io.Writer, list []Diagnostic) error {
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	for _, d := range list {
		level := d.Severity.String()
		if d.Severity == Note {
			level = "notice"
		}
		message := Plain(d.Message)
		if d.Help != "" {
			message += ". Help: " + Plain(d.Help)
		}
		if _, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", level,
			property.Replace(d.Pos.Filename), d.Pos.Line, d.Pos.Column, property.Replace(string(d.Code)), text.Replace(message)); err != nil {
			return fmt.Errorf("printing diagnostics: %w", err)
		}
	}
	return nil
}
