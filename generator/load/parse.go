package load

import (
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/plain"
	"annex/generator/source"
)

// parsed is one file of a project after the first pass.
type parsed struct {
	project *aims.Project
	table   *source.Table // records, or the front matter of a document; nil if unreadable
	isText  bool          // a document
	body    aims.Prose
	wording *aims.Wording
	diags   []diag.Diagnostic
	err     error
}

// parse reads all record files and documents side by side. The result is in
// the order of the files, whatever the number of workers.
func (l *loader) parse(files []source.File) ([]parsed, error) {
	type job struct {
		path    string
		project *aims.Project
	}
	var jobs []job
	for _, f := range files {
		ext := path.Ext(f.Path)
		if ext != ".toml" && ext != ".md" || l.used[f.Path] || strings.HasPrefix(f.Path, FrameworksDir+"/") || strings.HasPrefix(f.Path, "theme/") {
			continue
		}
		p := l.projectOf(f.Path)
		if p == nil {
			l.report(diag.New(diag.Outside, at(f.Path), "this file belongs to no project",
				"move it into a folder that has a project.toml, or begin its name with an underscore"))
			continue
		}
		if inEvidence(p, f.Path) {
			continue
		}
		l.used[f.Path] = true
		jobs = append(jobs, job{f.Path, p})
	}
	out := make([]parsed, len(jobs))
	lexicon := l.lexicon()
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				out[i] = l.parseFile(jobs[i].path, lexicon)
				out[i].project = jobs[i].project
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	workers.Wait()
	for i := range out {
		if out[i].err != nil {
			return nil, fmt.Errorf("reading the workspace: %w", out[i].err)
		}
		l.diags = append(l.diags, out[i].diags...)
	}
	return out, nil
}

func (l *loader) parseFile(name string, lexicon *plain.Lexicon) parsed {
	parse := func(text []byte) parsed { return records(name, text) }
	if path.Ext(name) == ".md" {
		parse = func(text []byte) parsed { return l.text(name, text, lexicon) }
	}
	p := l.memory.read(name, func() ([]byte, []diag.Diagnostic, error) { return source.ReadListed(l.fsys, name) }, parse)
	p.isText = path.Ext(name) == ".md"
	return p
}

// records parses a file of records.
func records(name string, text []byte) (p parsed) {
	p.table, p.diags = source.ParseTOML(name, text, 1)
	return p
}

// text parses a document.
func (l *loader) text(name string, text []byte, lexicon *plain.Lexicon) (p parsed) {
	p.isText = true
	front, frontLine, body, bodyLine, diags := source.SplitFrontMatter(name, text)
	p.diags = diags
	if len(diags) > 0 {
		return p
	}
	var more []diag.Diagnostic
	p.table, more = source.ParseTOML(name, front, frontLine)
	p.diags = append(p.diags, more...)
	start := at(name)
	start.Line = bodyLine
	var words []aims.UntestableWord
	p.body, words, more = l.markdown.CompileDocument(body, frontText(p.table, "title"), start, lexiconFor(p.table, lexicon))
	p.diags = append(p.diags, more...)
	l.outline(&p.body)
	p.wording, more = wording(p.table, words, lexicon)
	p.diags = append(p.diags, more...)
	return p
}

// outline takes the words out of a text where they are not wanted. That there
// are some stays.
func (l *loader) outline(p *aims.Prose) {
	if l.much == withoutWords && p.HTML != "" {
		p.HTML, p.Markdown = "…", ""
	}
}

// frontText returns a text that front matter gives, or "". What is wrong with
// it is reported when the record is made.
func frontText(front *source.Table, key string) string {
	if front == nil {
		return ""
	}
	var ignored []diag.Diagnostic
	return source.NewReader(front, "front matter", &ignored).Text(key)
}

func inEvidence(p *aims.Project, file string) bool {
	below, ok := strings.CutPrefix(file, p.Dir)
	return ok && strings.HasPrefix(below, "/"+evidenceDir+"/")
}
