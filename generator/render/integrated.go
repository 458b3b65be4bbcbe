package render

import (
	"annex/generator/aims"
	"annex/generator/integration"
)

// integratedView is what the standards in use share.
type integratedView struct {
	*integration.Integration
	Processes []processRow // one process can serve them all
	Forms     []processRow // the same steps, each with its own subject
	Single    []singleWork
}

// processRow is one process, named by the number and title of the first of its
// clauses: several of them are called General.
type processRow struct {
	integration.Process
	First *aims.Requirement
}

func processes(list []integration.Process) []processRow {
	var rows []processRow
	for _, p := range list {
		row := processRow{Process: p}
		for _, of := range p.Clauses {
			if row.First == nil && len(of) > 0 {
				row.First = of[0].Requirement
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// singleWork is the controls for one standard alone.
type singleWork struct {
	Framework *aims.Framework
	Work      []integration.Work
	Clauses   []integration.Alone
}

func (s *part) integrationPages(yield func(Page) bool) bool {
	i := s.Integration
	if i == nil {
		return true
	}
	view := integratedView{Integration: i}
	for _, p := range processes(i.Processes) {
		if p.Shares == aims.SharesForm {
			view.Forms = append(view.Forms, p)
		} else {
			view.Processes = append(view.Processes, p)
		}
	}
	for _, f := range i.Frameworks {
		one := singleWork{Framework: f, Work: i.Single[f]}
		for _, a := range i.Alone {
			if a.Requirement.Requirement.Framework == f {
				one.Clauses = append(one.Clauses, a)
			}
		}
		view.Single = append(view.Single, one)
	}
	return yield(s.make("integrated.html", "integrated.html", page{Title: "Integrated management system", Section: "integrated", View: view}))
}
