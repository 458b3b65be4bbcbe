package oscal

import "strings"

// whole is a small workspace with every kind of record, in which half of what
// there may be two of is restricted. Days of what is restricted are in 2025.
const whole = `
[[control]]
id = "open-control"
title = "Open control"
satisfies = ["mini:A.1", "mini:4.1"]
owner = "lead"
responsible = ["hidden-role"]
status = "implemented"
implemented_on = 2026-01-10
cadence = "1 year"
documents = ["open-text", "hidden-text"]
risks = ["open-risk", "hidden-risk"]
description = "We do it, as [[open-text]] says."
classification = "internal"
[[control.execution]]
on = 2026-05-12
by = "lead"
result = "effective"
note = "All well."
evidence = ["open-proof", "hidden-proof"]

[[control]]
id = "hidden-control"
title = "CANARY control"
satisfies = ["mini:A.1", "mini:4.2"]
owner = "hidden-role"
status = "implemented"
implemented_on = 2025-01-11
cadence = "1 year"
level = "system"
description = "CANARY"
classification = "restricted"
[[control.execution]]
on = 2025-02-11
by = "lead"
result = "ineffective"
note = "CANARY"
system = "open-bot"

[[evidence]]
id = "open-proof"
title = "Open proof"
file = "evidence/proof.txt"
effective = 2026-05-12
expires = 2026-12-31
owner = "lead"
classification = "internal"

[[evidence]]
id = "hidden-proof"
title = "CANARY proof"
url = "https://example.org/CANARY"
effective = 2025-03-11
classification = "restricted"

[[risk]]
id = "open-risk"
title = "Open risk"
classification = "internal"

[[risk]]
id = "hidden-risk"
title = "CANARY risk"
classification = "restricted"

[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["legal", "risk-treatment"]
justification = "The law asks for it."
decided_on = 2026-01-05
classification = "internal"

[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "CANARY"
decided_on = 2025-04-11
classification = "restricted"

[[decision]]
requirement = "mini:A.10"
applicable = false
basis = "no-such-activity"
justification = "We buy nothing."
classification = "internal"

[[audit]]
id = "open-audit"
title = "Open audit"
kind = "internal"
from = 2026-06-01
to = 2026-06-03
status = "done"
auditor = "Ann Example"
criteria = ["mini:4", "mini:A.1"]
projects = ["sample", "open-bot", "hidden-bot"]
sample = "Ten records."
summary = "Mostly *good*."
report = "open-text"
programme = "hidden-text"
classification = "internal"

[[audit]]
id = "hidden-audit"
title = "CANARY audit"
kind = "internal"
from = 2025-05-11
status = "done"
auditor = "CANARY"
sample = "CANARY"
frameworks = ["mini"]
classification = "restricted"

[[audit]]
id = "next-audit"
title = "Next audit"
kind = "internal"
from = 2027-01-11
status = "planned"
classification = "internal"

[[finding]]
id = "open-finding"
title = "Open finding"
audit = "open-audit"
grade = "major"
requirement = "mini:A.1"
control = "hidden-control"
project = "hidden-bot"
owner = "lead"
raised = 2026-06-02
due = 2026-09-01
description = "It was **not** done."
cause = "Nobody knew."
correction = "Done at once."
corrective_action = "A reminder each month."
classification = "internal"

[[finding]]
id = "closed-finding"
title = "Closed finding"
audit = "hidden-audit"
grade = "minor"
control = "open-control"
raised = 2026-06-02
closed = 2026-07-02
effectiveness = "Looked at it again."
classification = "internal"

[[finding]]
id = "hidden-finding"
title = "CANARY finding"
audit = "open-audit"
grade = "major"
requirement = "mini:4.2"
raised = 2025-06-11
due = 2025-07-11
description = "CANARY"
classification = "restricted"

[[finding]]
id = "advice"
title = "Advice"
audit = "open-audit"
grade = "opportunity"
requirement = "mini:4.1"
raised = 2026-06-02
classification = "internal"

[[review]]
id = "open-review"
title = "Open review"
held_on = 2026-07-01
chair = "lead"
minutes = "open-text"
classification = "internal"
[[review.action]]
text = "Buy a lamp"
owner = "lead"
due = 2026-08-01
[[review.action]]
text = "Done already"
done = 2026-07-15

[[review]]
id = "hidden-review"
title = "CANARY review"
held_on = 2025-08-11
classification = "restricted"
[[review.action]]
text = "CANARY"
due = 2025-09-11

-- annex.toml --
frameworks = ["mini"]
[organization]
name = "Sample Ltd"
legal_name = "Sample Limited"
[site]
classification = "internal"
[[audience]]
id = "staff"
title = "Staff"
ceiling = "internal"
evidence = true
drafts = true

-- organization/project.toml --
kind = "organization"
id = "sample"
title = "Sample Ltd"
classification = "internal"
scope = "All that we do."
[[soa]]
framework = "mini"
version = "2.0"
status = "approved"
approved_by = "lead"
approved_on = 2026-02-01
next_review = 2027-02-01

-- organization/roles.toml --
[[role]]
id = "lead"
title = "Lead"
person = "Kim Example"
classification = "internal"
[[role]]
id = "hidden-role"
title = "CANARY role"
person = "CANARY"
classification = "restricted"

-- organization/evidence/proof.txt --
proof

-- organization/open-text.md --
+++
id = "open-text"
title = "Open text"
kind = "procedure"
owner = "lead"
version = "1.1"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-02
next_review = 2027-01-02
classification = "internal"
satisfies = ["mini:4.1"]
+++

Text.
-- organization/hidden-text.md --
+++
id = "hidden-text"
title = "CANARY text"
kind = "plan"
owner = "lead"
version = "CANARY"
status = "approved"
approved_by = "lead"
approved_on = 2025-10-11
next_review = 2025-11-11
classification = "restricted"
+++

CANARY
-- systems/open-bot/project.toml --
kind = "system"
id = "open-bot"
title = "Open bot"
purpose = "It talks."
role = ["provider"]
stage = "operation"
risk_class = "limited"
owner = "lead"
deployed_on = 2026-03-01
classification = "internal"
-- systems/hidden-bot/project.toml --
kind = "system"
id = "hidden-bot"
title = "CANARY bot"
purpose = "CANARY"
stage = "operation"
deployed_on = 2025-12-11
classification = "restricted"
`

// odd is a workspace whose records say as little as they may, and where they say
// something it is what a schema would stumble over.
func odd() string {
	// A paragraph may have 16 KB.
	long := strings.Repeat("A very long sentence, with *stars*, `ticks` and [brackets](https://example.org/x). ", 120)
	return `
[[control]]
id = "bare"
title = "Bare"
status = "planned"

[[control]]
id = "odd"
title = "\u0001 {{ insert: param, x }} *odd* \u202e <b>title</b>\t\u2028 # "
satisfies = ["mini:A.1", "mini:4.1", "own:Q 1(a)"]
status = "implemented"
description = """` + strings.Repeat(long+"\n\n", 20) + `

- a ^b^ ~c~ {{ insert: param, y }}
  - nested [[mini:A.1]] and [[bare]]

| a | b |
|---|---|
| 1 | x y |
"""
[[control.execution]]
on = 2026-02-01
result = "ineffective"
note = "\u0007"
[[control.execution]]
on = 2026-02-01
result = "ineffective"
evidence = ["seen", "linked"]

[[evidence]]
id = "seen"
title = "Seen, and \"quoted\""
note = "1. Not a list\n# not a heading"
effective = 2026-02-01

[[evidence]]
id = "linked"
title = "Linked"
url = "https://example.org/a b?x=[1]#y"
effective = 1996-02-29

[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["legal"]
justification = "` + strings.Repeat("Because. ", 500) + `"

[[decision]]
requirement = "mini:A.10"
applicable = false
basis = "no-such-activity"
justification = "\u0000Never\u200f."

[[finding]]
id = "nowhere"
title = "Of no audit and on nothing"
grade = "major"
raised = 2026-03-01

[[finding]]
id = "early"
title = "On a day that the pattern of OSCAL does not know"
grade = "minor"
raised = 1996-02-29
control = "odd"

-- annex.toml --
frameworks = ["mini", "own"]
[organization]
name = "Odd Ltd"

-- organization/project.toml --
kind = "organization"
id = "odd-ltd"
title = "Odd & <Sons> *Ltd*"
[[soa]]
framework = "mini"
version = " 1\t"
status = "draft"

-- frameworks/own.toml --
id = "own"
title = "Our questions"
version = "1"
kind = "questionnaire"
unit = "question"
[[requirement]]
ref = "Q 1(a)"
kind = "clause"
title = "Asked?"
asks = "Is it asked?"
[[requirement]]
ref = "Q_2.a"
kind = "clause"
title = "Asked again?"
asks = "* Is it *asked* again?"
[[requirement]]
ref = "Q-3"
kind = "heading"
title = "Below nothing"
asks = "Nothing."
[[requirement]]
ref = "1_smt"
kind = "clause"
parent = "Q 1(a)"
title = "Nested"
asks = "1. Is it nested?"
`
}

const twoOrganizations = `
-- organization/project.toml --
kind = "organization"
id = "sample"
title = "Sample Ltd"
-- organization/records.toml --
[[control]]
id = "here"
title = "Here"
status = "planned"
satisfies = ["mini:A.1"]
[[finding]]
id = "ours"
title = "Ours"
grade = "minor"
raised = 2026-01-01
requirement = "mini:4.1"
project = "there"
-- elsewhere/project.toml --
kind = "organization"
id = "there"
title = "There Ltd"
-- elsewhere/records.toml --
[[control]]
id = "there-control"
title = "There"
status = "planned"
satisfies = ["mini:A.2"]
`
