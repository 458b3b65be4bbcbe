package aims_test

import (
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

// everything gives every key of every kind of record once.
const everything = `
[[control]]
id = "c"
title = "Control"
classification = "internal"
satisfies = ["mini:A.1"]
level = "system"
owner = "lead"
responsible = ["lead"]
consulted = ["lead"]
informed = ["lead"]
status = "implemented"
due = 2026-01-01
implemented_on = 2026-01-01
cadence = "6 months"
documents = ["plan"]
risks = ["r"]
systems = ["triage"]
description = "What."

[[execution]]
control = "c"
on = 2026-05-12
by = "lead"
result = "effective"
evidence = ["e"]
system = "triage"
note = "Done."

[[decision]]
requirement = "mini:A.1"
classification = "internal"
applicable = true
reasons = ["policy"]
justification = "Because."
basis = "no-such-activity"
owner = "lead"
decided_by = "lead"
decided_on = 2026-01-01

[[evidence]]
id = "e"
title = "Evidence"
classification = "internal"
file = "evidence/e.txt"
sha256 = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
effective = 2026-01-01
expires = 2027-01-01
owner = "lead"
controls = ["c"]
description = "What."

[[risk]]
id = "r"
title = "Risk"
classification = "internal"
description = "What."
owner = "lead"
affects = ["society"]
systems = ["triage"]
likelihood = 1
impact = 2
treatment = "modify"
residual_likelihood = 1
residual_impact = 1
status = "open"
accepted_by = "lead"
accepted_on = 2026-01-01
assessed_on = 2026-01-01
next_review = 2027-01-01

[[objective]]
id = "o"
title = "Objective"
classification = "internal"
description = "What."
owner = "lead"
measure = "Days"
target = 4
unit = "days"
direction = "at-most"
due = 2027-01-01
status = "active"
satisfies = ["mini:A.1"]

[[role]]
id = "chief"
title = "Chief"
classification = "internal"
person = "Ada"
deputy = "lead"
description = "What."

[[party]]
id = "p"
title = "Party"
classification = "internal"
kind = "external"
expectations = "What."
addressed = true
how = "So."

[[audit]]
id = "a"
title = "Audit"
classification = "internal"
kind = "internal"
from = 2026-05-01
to = 2026-05-02
status = "done"
auditor = "Ada"
independence = "Hers."
criteria = ["mini:A.1"]
frameworks = ["mini"]
projects = ["triage"]
sample = "Five."
summary = "What."
report = "plan"
programme = "plan"

[[finding]]
id = "f"
title = "Finding"
classification = "internal"
audit = "a"
grade = "minor"
requirement = "mini:A.1"
control = "c"
project = "triage"
owner = "lead"
raised = 2026-05-02
due = 2026-06-02
description = "What."
cause = "Why."
correction = "So."
corrective_action = "So."
effectiveness = "Yes."
effectiveness_on = 2026-06-01
closed = 2026-06-01

[[review]]
id = "m"
title = "Review"
classification = "internal"
held_on = 2026-06-01
chair = "lead"
attendees = ["lead"]
minutes = "plan"
[[review.input]]
topic = "audits"
text = "One."
[[review.decision]]
text = "Go on."
[[review.action]]
text = "Hire."
owner = "lead"
due = 2026-07-01
done = 2026-07-01

[[signoff]]
id = "s"
title = "Signoff"
classification = "internal"
subject = "plan"
kind = "document"
by = "lead"
on = 2026-01-01
decision = "approved"
statement = "Good."
digest = { text = "abc" }
-- organization/evidence/e.txt --
foo
-- organization/plan.md --
+++
id = "plan"
title = "Plan"
classification = "internal"
kind = "report"
owner = "lead"
version = "1"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01
next_review = 2027-01-01
satisfies = ["mini:4.1"]
accepted_words = ["appropriate"]
[impact]
system = "triage"
assessed_on = 2026-01-01
assessors = ["lead"]
intended_use = "So."
misuse = "So."
environment = "So."
data = "So."
model = "So."
parties = "So."
conclusion = "So."
[[impact.effect]]
on = "society"
kind = "harm"
text = "Harm."
likelihood = 1
severity = 1
controls = ["c"]
+++
Text.
-- systems/triage/project.toml --
kind = "system"
id = "triage"
title = "Triage"
classification = "internal"
organization = "sample"
purpose = "What."
description = "What."
role = ["provider"]
ai_roles = ["provider"]
stage = "operation"
risk_class = "limited"
risk_class_basis = "So."
owner = "lead"
intended_users = "So."
affected_persons = "So."
data = "So."
models = "So."
suppliers = "So."
human_oversight = "So."
deployed_on = 2026-01-01
retired_on = 2027-01-01
impact_assessment = "plan"
impact_review = 2027-01-01
`

// TestNamesAreTheKeysOfTheFiles loads records that give every key, so that each
// field must have been given under its name, and have a value.
func TestNamesAreTheKeysOfTheFiles(t *testing.T) {
	w := sample.Load(t, everything)
	check := func(what string, o *aims.Origin, fields []aims.Field) {
		t.Helper()
		for _, f := range fields {
			if strings.Contains(f.Name, ".") || f.Name == "text" && what == "document" {
				continue // of a table within, or the text below the front matter
			}
			// Evidence is either a file, or a link, or a note; what a class rests on
			// needs a law.
			if other := what == "evidence" && (f.Name == "url" || f.Name == "note"); other || f.Name == "grounds" || f.Name == "circumstances" {
				continue
			}
			if !o.Has(f.Name) {
				t.Errorf("the files have no key %s for the %s", f.Name, what)
			}
			if f.Value == "" {
				t.Errorf("the field %s of the %s has no value", f.Name, what)
			}
		}
	}
	d := w.Documents[0]
	check("document", &d.Origin, d.Fields())
	check("effect", &d.Impact.Effects[0].Origin, d.Impact.Effects[0].Fields())
	for _, f := range d.Fields() {
		if name, ok := strings.CutPrefix(f.Name, "impact."); ok && !strings.Contains(name, ".") && (f.Value == "" || !d.Impact.Origin.Has(name)) {
			t.Errorf("the files have no key %s for the impact assessment", f.Name)
		}
	}
	c := w.Controls[0]
	check("control", &c.Origin, c.Fields())
	check("execution", &c.Executions[0].Origin, c.Executions[0].Fields())
	check("decision", &w.Decisions[0].Origin, w.Decisions[0].Fields())
	check("evidence", &w.Evidence[0].Origin, w.Evidence[0].Fields())
	check("risk", &w.Risks[0].Origin, w.Risks[0].Fields())
	check("objective", &w.Objectives[0].Origin, w.Objectives[0].Fields())
	check("role", &w.Roles[0].Origin, w.Roles[0].Fields())
	check("party", &w.Parties[0].Origin, w.Parties[0].Fields())
	check("audit", &w.Audits[0].Origin, w.Audits[0].Fields())
	check("finding", &w.Findings[0].Origin, w.Findings[0].Fields())
	m := w.Reviews[0]
	check("review", &m.Origin, m.Fields())
	check("action", &m.Actions[0].Origin, m.Actions[0].Fields())
	check("signoff", &w.Signoffs[0].Origin, w.Signoffs[0].Fields())
	system := w.Systems()[0].Project
	check("system", &system.Origin, system.Fields())
}

func TestListsAreSets(t *testing.T) {
	const control = "[[control]]\nid = \"c\"\ntitle = \"C\"\nstatus = \"planned\"\nsatisfies = [\"mini:A.10\", \"mini:A.2\"]\n"
	one := sample.Load(t, control).Controls[0].Fields()
	two := sample.Load(t, strings.Replace(control, `"mini:A.10", "mini:A.2"`, `"mini:A.2", "mini:A.10"`, 1)).Controls[0].Fields()
	for i := range one {
		if one[i].String() != two[i].String() || one[i].Form != two[i].Form {
			t.Errorf("the order of a list counts: %v and %v", one[i], two[i])
		}
	}
}
