package load

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// register gives every record its id and queues the filling of the rest, in as
// many shares as can be filled side by side.
func (l *loader) register(files []parsed) {
	for part := range slices.Chunk(files, len(files)/runtime.GOMAXPROCS(0)+1) {
		s := l.share()
		for _, f := range part {
			s.registerFile(f)
		}
		l.shares = append(l.shares, s)
		l.texts = append(l.texts, s.texts...)
		s.texts = nil
	}
}

// share returns a loader for some of the files. It has the same workspace, and
// keeps apart what it finds.
func (l *loader) share() *loader {
	s := *l
	s.diags, s.texts, s.pending, s.later, s.shares = nil, nil, nil, nil, nil
	return &s
}

func (l *loader) registerFile(f parsed) {
	switch {
	case f.table == nil:
	case f.isText:
		l.document(f)
	default:
		r := source.NewReader(f.table, "record file", &l.diags)
		register(l, r, f.project, aims.KindRole, l.index.roles, &l.ws.Roles, l.fillRole)
		register(l, r, f.project, aims.KindParty, l.index.parties, &l.ws.Parties, l.fillParty)
		register(l, r, f.project, aims.KindControl, l.index.controls, &l.ws.Controls, l.fillControl)
		register(l, r, f.project, aims.KindEvidence, l.index.evidence, &l.ws.Evidence, l.fillEvidence)
		register(l, r, f.project, aims.KindRisk, l.index.risks, &l.ws.Risks, l.fillRisk)
		register(l, r, f.project, aims.KindObjective, l.index.objectives, &l.ws.Objectives, l.fillObjective)
		register(l, r, f.project, aims.KindAudit, l.index.audits, &l.ws.Audits, l.fillAudit)
		register(l, r, f.project, aims.KindFinding, l.index.findings, &l.ws.Findings, l.fillFinding)
		register(l, r, f.project, aims.KindReview, l.index.reviews, &l.ws.Reviews, l.fillReview)
		register(l, r, f.project, aims.KindSignoff, l.index.signoffs, &l.ws.Signoffs, l.fillSignoff)
		for _, t := range r.Tables("execution") {
			l.later = append(l.later, func() { l.execute(t, f.project) })
		}
		for _, t := range r.Tables(string(aims.KindDecision)) {
			l.later = append(l.later, func() { l.decision(t, f.project) })
		}
		for _, e := range r.Unread() {
			l.report(diag.New(diag.UnknownTable, e.Pos, fmt.Sprintf("annex does not know records of the kind %q", e.Text),
				suggest(e.Text, tables(), "kinds are "+list(tables()))))
		}
	}
}

// tables returns the names of the record tables.
func tables() []string {
	return []string{
		"control", "execution", "decision", "evidence", "risk", "objective", "role",
		"party", "audit", "finding", "review", "signoff",
	}
}

// register makes the records of one kind in one file.
func register[T any, P interface {
	*T
	headed
}](l *loader, r *source.Reader, project *aims.Project, kind aims.Kind, index map[string]P, all *[]P, fill func(P, *source.Reader)) {
	for _, t := range r.Tables(string(kind)) {
		record := P(new(T))
		head := record.Head()
		*head = aims.Record{
			ID:             t.ID("id"),
			Title:          l.title(t, kind),
			Project:        project,
			Classification: classification(t),
			Withheld:       l.withheld(t),
			Origin:         t.Origin(),
		}
		if add(l, index, kind, source.Item{Text: head.ID, Pos: t.Pos("id")}, record) {
			*all = append(*all, record)
		}
		l.pending = append(l.pending, func() {
			fill(record, t)
			t.Done()
		})
	}
}

// title reads the title, which every kind but a signoff must have.
func (l *loader) title(r *source.Reader, kind aims.Kind) string {
	if kind == aims.KindSignoff {
		return r.Text("title")
	}
	return r.RequiredText("title")
}

// fill reads the rest of every record, now that all ids are known. What adds to
// records of other files comes last.
func (l *loader) fill() {
	run(l.pending)
	var work sync.WaitGroup
	for _, s := range l.shares {
		work.Go(func() { run(s.pending) })
	}
	work.Wait()
	for _, s := range l.shares {
		run(s.later)
		l.diags = append(l.diags, s.diags...)
		l.texts = append(l.texts, s.texts...)
	}
	l.shares = nil
}

func run(pending []func()) {
	for i, fill := range pending {
		fill()
		pending[i] = nil // its table is not needed any more
	}
}

func (l *loader) role(r *source.Reader, key string) *aims.Role {
	return one(l, r, key, l.index.roles, aims.KindRole)
}

func (l *loader) roles(r *source.Reader, key string) []*aims.Role {
	return many(l, r, key, l.index.roles, aims.KindRole)
}

// inOrder reports two dates of which the second comes before the first.
func (l *loader) inOrder(r *source.Reader, first string, a aims.Date, second string, b aims.Date) {
	if !a.IsZero() && !b.IsZero() && b.Before(a) {
		l.report(diag.New(diag.DateOrder, r.Pos(second), fmt.Sprintf("%s (%s) comes before %s (%s)", second, b, first, a),
			"correct one of the two dates"))
	}
}

func (l *loader) fillRole(x *aims.Role, r *source.Reader) {
	x.Person = r.Text("person")
	x.Deputy = l.role(r, "deputy")
	x.Description = l.prose(r, "description", &x.Record)
}

func (l *loader) fillParty(x *aims.Party, r *source.Reader) {
	x.Kind = source.Word(r, "kind", aims.PartyKinds())
	x.Expectations = l.prose(r, "expectations", &x.Record)
	x.Addressed, _ = r.Bool("addressed")
	x.How = r.Text("how")
}

func (l *loader) fillControl(x *aims.Control, r *source.Reader) {
	x.Satisfies = l.requirements(r, "satisfies")
	x.Level = source.Word(r, "level", aims.Levels())
	if x.Level == "" {
		x.Level = aims.LevelOrganization
	}
	x.Owner = l.role(r, "owner")
	x.Responsible = l.roles(r, "responsible")
	x.Consulted = l.roles(r, "consulted")
	x.Informed = l.roles(r, "informed")
	x.Status = source.Word(r, "status", aims.Statuses())
	if !r.Has("status") {
		l.report(diag.New(diag.MissingKey, r.At(), fmt.Sprintf("the control %q has no status", x.ID),
			`add status = "not-started", "planned", "in-progress" or "implemented"`))
	}
	x.Due = r.Date("due")
	x.ImplementedOn = r.Date("implemented_on")
	x.Cadence = r.Period("cadence")
	x.Documents = many(l, r, "documents", l.index.documents, aims.KindDocument)
	x.Risks = many(l, r, "risks", l.index.risks, aims.KindRisk)
	x.Systems = many(l, r, "systems", l.index.systems, aims.KindSystem)
	x.Description = l.prose(r, "description", &x.Record)
	for _, t := range r.Tables("execution") {
		x.Executions = append(x.Executions, l.execution(x, t))
	}
	if len(x.Systems) > 0 && x.Level != aims.LevelSystem {
		l.report(diag.New(diag.Conflict, r.Pos("systems"), "systems are named, but the control is performed once for the organization",
			`add level = "system", or delete the systems`))
	}
}

// execute reads an execution that stands apart from its control: the owner of
// an AI system records there what was done for the system.
func (l *loader) execute(r *source.Reader, project *aims.Project) {
	r.RequiredText("control")
	c := one(l, r, "control", l.index.controls, aims.KindControl)
	x := l.execution(c, r)
	if own := project.System; own != nil {
		if x.System != nil && x.System != own {
			l.report(diag.New(diag.Conflict, r.Pos("system"), fmt.Sprintf("the execution names the AI system %q, but stands in the project of %q", x.System.ID, own.ID),
				"delete the key, or move the record into the other project"))
		}
		x.System = own
	}
	if c != nil {
		c.Executions = append(c.Executions, x)
	}
}

func (l *loader) execution(c *aims.Control, r *source.Reader) *aims.Execution {
	x := &aims.Execution{
		Control:  c,
		On:       l.requiredDate(r, "on"),
		By:       l.role(r, "by"),
		Result:   source.Word(r, "result", aims.Results()),
		Evidence: many(l, r, "evidence", l.index.evidence, aims.KindEvidence),
		System:   one(l, r, "system", l.index.systems, aims.KindSystem),
		Note:     r.Text("note"),
		Origin:   r.Origin(),
	}
	if !r.Has("result") {
		l.report(diag.New(diag.MissingKey, r.At(), "the execution has no result",
			`add result = "effective", "partly-effective" or "ineffective"`))
	}
	r.Done()
	return x
}

func (l *loader) requiredDate(r *source.Reader, key string) aims.Date {
	if !r.Has(key) {
		l.report(diag.New(diag.MissingKey, r.At(), fmt.Sprintf("the date %q is missing", key),
			key+" = 2026-05-12, without quotes"))
	}
	return r.Date(key)
}

func (l *loader) decision(r *source.Reader, project *aims.Project) {
	x := &aims.Decision{Record: aims.Record{Project: project, Classification: classification(r), Withheld: l.withheld(r), Origin: r.Origin()}}
	ref, ok := r.Ref("requirement")
	if ok {
		x.Requirement = l.requirement(ref)
	} else if !r.Has("requirement") {
		l.report(diag.New(diag.MissingKey, r.At(), "the decision does not say which reference control it is about",
			`add requirement = "iso-42001:A.2.2"`))
	}
	x.Applicable, x.Decided = r.Bool("applicable")
	x.Reasons = source.Words(r, "reasons", aims.Reasons())
	x.Justification = r.Text("justification")
	x.Basis = source.Word(r, "basis", aims.Bases())
	x.Owner = l.role(r, "owner")
	x.DecidedBy = l.role(r, "decided_by")
	x.DecidedOn = r.Date("decided_on")
	r.Done()
	q := x.Requirement
	if q == nil {
		return
	}
	if !q.IsReferenceControl() {
		l.report(diag.New(diag.NotReferenceControl, ref.Pos,
			fmt.Sprintf("%s is a clause; clauses cannot be excluded and need no decision", ref.Text), "delete the decision"))
		return
	}
	x.ID, x.Title = q.String(), q.Ref+" "+q.Title
	key := project.Dir + " " + x.ID
	if first, taken := l.index.decisions[key]; taken {
		d := diag.New(diag.DecisionTwice, ref.Pos, fmt.Sprintf("%s is decided twice", x.ID), "keep one of the two decisions")
		d.Related = []diag.Related{{Pos: first.Origin.Key("requirement"), Message: "first decided here"}}
		l.report(d)
		return
	}
	l.index.decisions[key] = x
	l.ws.Decisions = append(l.ws.Decisions, x)
}

func (l *loader) fillRisk(x *aims.Risk, r *source.Reader) {
	x.Description = l.prose(r, "description", &x.Record)
	x.Owner = l.role(r, "owner")
	x.Affects = source.Words(r, "affects", aims.AffectedGroups())
	x.Systems = many(l, r, "systems", l.index.systems, aims.KindSystem)
	x.Likelihood = r.Int("likelihood", 1, 5)
	x.Impact = r.Int("impact", 1, 5)
	x.Treatment = source.Word(r, "treatment", aims.Treatments())
	x.ResidualLikelihood = r.Int("residual_likelihood", 1, 5)
	x.ResidualImpact = r.Int("residual_impact", 1, 5)
	x.Status = source.Word(r, "status", aims.RiskStatuses())
	x.AcceptedBy = l.role(r, "accepted_by")
	x.AcceptedOn = r.Date("accepted_on")
	x.AssessedOn = r.Date("assessed_on")
	x.NextReview = r.Date("next_review")
}

func (l *loader) fillObjective(x *aims.Objective, r *source.Reader) {
	x.Description = l.prose(r, "description", &x.Record)
	x.Owner = l.role(r, "owner")
	x.Measure = r.Text("measure")
	x.Target, _ = r.Number("target")
	x.Unit = r.Text("unit")
	x.Direction = source.Word(r, "direction", aims.Directions())
	x.Due = r.Date("due")
	x.Satisfies = l.requirements(r, "satisfies")
	x.Status = source.Word(r, "status", aims.ObjectiveStatuses())
	for _, t := range r.Tables("measurement") {
		value, _ := t.Number("value")
		x.Measurements = append(x.Measurements, aims.Measurement{On: l.requiredDate(t, "on"), Value: value, Note: t.Text("note")})
		t.Done()
	}
	slices.SortStableFunc(x.Measurements, func(a, b aims.Measurement) int { return a.On.Compare(b.On) })
}
