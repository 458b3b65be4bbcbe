package records

import (
	"fmt"
	"io/fs"
	"strings"

	"annex/generator/aims"
	"annex/generator/framework"
	"annex/generator/load"
	"annex/generator/source"
)

// frameworks writes the catalogs and crosswalks in use: those that come with
// annex as they are, those of the workspace without their comments.
func (e *writer) frameworks(in Input) error {
	own, _, err := framework.OpenAll(in.Own, load.FrameworksDir)
	if err != nil {
		return err
	}
	brought := map[string]bool{}
	pairs := map[string]int{}
	crosswalk := func(from, to string) string {
		name := strings.TrimSuffix(framework.CrosswalkFile(from, to), ".toml")
		pairs[name]++
		return fmt.Sprintf("%s-%d.toml", name, pairs[name])
	}
	for _, file := range own {
		if file.IsCrosswalk() {
			continue
		}
		if f, _ := file.Catalog(); f != nil {
			brought[f.ID] = true
			if e.w.Framework(f.ID) != nil {
				if err := e.ownFile(in.Own, file.Name, f.ID+".toml"); err != nil {
					return err
				}
			}
		}
	}
	for _, f := range e.w.Frameworks {
		if !brought[f.ID] {
			if err := e.builtIn(in.Catalogs, f.ID+".toml", f.ID+".toml"); err != nil {
				return err
			}
		}
	}
	for _, x := range e.w.Crosswalks {
		name := framework.CrosswalkFile(x.From.ID, x.To.ID)
		if _, err := fs.Stat(in.Catalogs, name); err != nil || brought[x.From.ID] || brought[x.To.ID] || pairs[strings.TrimSuffix(name, ".toml")] > 0 {
			continue
		}
		if err := e.builtIn(in.Catalogs, name, crosswalk(x.From.ID, x.To.ID)); err != nil {
			return err
		}
	}
	for _, file := range own {
		if !file.IsCrosswalk() {
			continue
		}
		from, to := file.Ends()
		if e.w.Framework(from.Text) != nil && e.w.Framework(to.Text) != nil {
			if err := e.ownFile(in.Own, file.Name, crosswalk(from.Text, to.Text)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *writer) builtIn(catalogs fs.FS, from, to string) error {
	text, err := fs.ReadFile(catalogs, from)
	if err != nil {
		return fmt.Errorf("reading a built-in catalog: %w", err)
	}
	e.add(load.FrameworksDir+"/"+to, text, aims.Public)
	return nil
}

func (e *writer) ownFile(files fs.FS, from, to string) error {
	text, _, err := source.ReadText(files, from)
	if err != nil {
		return fmt.Errorf("reading a catalog of the workspace: %w", err)
	}
	text, diags := source.WithoutComments(from, text)
	if len(diags) > 0 {
		return fmt.Errorf("%s: %s", from, diags[0].Message)
	}
	e.add(load.FrameworksDir+"/"+to, text, e.w.Site.Classification)
	return nil
}
