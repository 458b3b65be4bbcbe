package load

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/framework"
	"annex/generator/source"
)

// FrameworksDir is the folder of a workspace for its own catalogs and
// crosswalks.
const FrameworksDir = "frameworks"

// known finds out which frameworks there are. Catalogs of the workspace are
// read, so that what is wrong in them comes up; of the built-in ones only those
// in use are read, later.
func (l *loader) known() error {
	var err error
	if !l.pack { // which brings all that it needs
		if l.builtIn, err = framework.BuiltIn(l.catalogs); err != nil {
			return err
		}
	}
	files, diags, err := framework.OpenAll(l.fsys, FrameworksDir)
	if err != nil {
		return err
	}
	l.diags = append(l.diags, diags...)
	l.ownBroken = diag.Count(diags).Errors > 0
	for _, file := range files {
		l.used[file.Name] = true
		if file.IsCrosswalk() {
			l.ownPairs = append(l.ownPairs, file)
			continue
		}
		f, diags := file.Catalog()
		l.diags = append(l.diags, diags...)
		if f == nil {
			l.ownBroken = true
			continue
		}
		if slices.Contains(l.frameworkIDs(), f.ID) {
			l.ownBroken = true
			l.report(diag.New(diag.DoubleID, at(file.Name), fmt.Sprintf("there is another catalog with the id %q", f.ID),
				"give this one an id of its own, such as "+f.ID+"-own"))
			continue
		}
		l.own = append(l.own, f)
	}
	return nil
}

// frameworkIDs returns the ids of all frameworks, in use or not.
func (l *loader) frameworkIDs() []string {
	return append(slices.Clone(l.builtIn), frameworkIDs(l.own)...)
}

// use puts a framework in use.
func (l *loader) use(ref source.Item) error {
	if l.ws.Framework(ref.Text) != nil {
		l.report(diag.New(diag.DoubleID, ref.Pos, fmt.Sprintf("the framework %q is named twice", ref.Text), "delete one of them"))
		return nil
	}
	if i := slices.IndexFunc(l.own, func(f *aims.Framework) bool { return f.ID == ref.Text }); i >= 0 {
		l.ws.Frameworks = append(l.ws.Frameworks, l.own[i])
		return nil
	}
	ids := l.frameworkIDs()
	if !slices.Contains(l.builtIn, ref.Text) {
		l.report(diag.New(diag.UnknownFramework, ref.Pos, fmt.Sprintf("there is no framework %q", ref.Text),
			suggest(ref.Text, ids, "known frameworks: "+strings.Join(ids, ", "))))
		return nil
	}
	f, diags, err := framework.Read(l.catalogs, ref.Text+".toml")
	if err != nil {
		return fmt.Errorf("reading a built-in catalog: %w", err)
	}
	l.diags = append(l.diags, diags...)
	if f != nil {
		l.ws.Frameworks = append(l.ws.Frameworks, f)
	}
	return nil
}

// crosswalks reads those between frameworks in use, the built-in ones and then
// those of the workspace.
func (l *loader) crosswalks() error {
	for _, from := range l.ws.Frameworks {
		for _, to := range l.ws.Frameworks {
			if from == to || !slices.Contains(l.builtIn, from.ID) || !slices.Contains(l.builtIn, to.ID) {
				continue // other ids may make the same name
			}
			name := framework.CrosswalkFile(from.ID, to.ID)
			if _, err := fs.Stat(l.catalogs, name); err != nil {
				continue
			}
			file, diags, err := framework.Open(l.catalogs, name)
			if err != nil {
				return fmt.Errorf("reading a built-in crosswalk: %w", err)
			}
			l.diags = append(l.diags, diags...)
			l.crosswalk(file, from, to)
		}
	}
	for _, file := range l.ownPairs {
		from, to := file.Ends()
		var ends [2]*aims.Framework
		for i, ref := range []source.Item{from, to} {
			if ref.Text == "" {
				l.report(diag.New(diag.MissingKey, at(file.Name), "the crosswalk does not name its two frameworks",
					`add from = "iso-42001" and to = "the-other" at its top`))
				break
			}
			if ends[i] = l.ws.Framework(ref.Text); ends[i] == nil {
				l.report(l.unknownFramework(ref, ref.Text, true))
			}
		}
		if ends[0] != nil && ends[0] == ends[1] {
			l.report(diag.New(diag.Conflict, to.Pos, "the crosswalk relates a framework to itself", "name two frameworks"))
			continue
		}
		if ends[0] != nil && ends[1] != nil {
			l.crosswalk(file, ends[0], ends[1])
		}
	}
	return nil
}

func (l *loader) crosswalk(file *framework.File, from, to *aims.Framework) {
	if file == nil {
		return
	}
	x, diags := file.Crosswalk(from, to)
	l.diags = append(l.diags, diags...)
	if x != nil {
		l.ws.Crosswalks = append(l.ws.Crosswalks, x)
	}
}
