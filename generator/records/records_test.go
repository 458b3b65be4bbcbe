package records_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/records"
	"annex/generator/sample"
)

// TestRecordsAreForPeople pins what a small workspace looks like in a pack.
func TestRecordsAreForPeople(t *testing.T) {
	files := sample.Files(`
[[control]]
id = "watch"
title = "Watch \"it\""
classification = "internal"
satisfies = ["mini:A.2", "mini:A.1"]
owner = "lead"
status = "implemented"
cadence = "6 months"
documents = ["plan"]
description = '''
Look at *it*, as the [plan](texts/my-plan.md#how) says, under C:\data.

| a | b |
|---|--:|
| c | d\|e |
'''

[[execution]]
control = "watch"
on = 2026-08-01
by = "lead"
result = "effective"
evidence = ["log"]

[[evidence]]
id = "log"
title = "Log"
file = "evidence/log.txt"
effective = 2026-08-01

[[objective]]
id = "fast"
title = "Fast"
target = 0
direction = "at-most"
[[objective.measurement]]
on = 2026-05-01
value = 2.5
-- organization/evidence/log.txt --
Done.
-- organization/texts/my-plan.md --
+++
id = "plan"
title = "Plan"
kind = "plan" # nobody's business
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01
[impact]
data = "Lines\n+++\nmore"
[[impact.effect]]
on = "society"
kind = "harm"
text = "Less sleep"
+++
# Plan

## How

We [[control:watch]] it, see [the log](../evidence/log.txt) and ![a picture](pictures/p.png).

[unused]: https://example.org/nobody
-- organization/texts/pictures/p.png --
picture
`)
	w := sample.LoadFiles(t, files)
	list, err := records.Files(w, records.Input{Day: sample.Day(), Catalogs: fstest.MapFS{}, Own: files})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	var paths []string
	for _, f := range list {
		got[f.Path] = string(f.Content)
		paths = append(paths, f.Path+" "+string(f.Classification))
	}
	if want := "annex.toml internal, frameworks/mini.toml internal, organizations/sample/controls.toml internal, organizations/sample/documents/plan.md confidential, " +
		"organizations/sample/evidence.toml confidential, organizations/sample/objectives.toml confidential, organizations/sample/project.toml confidential, organizations/sample/roles.toml confidential"; strings.Join(paths, ", ") != want {
		t.Errorf("files are %s", strings.Join(paths, ", "))
	}
	for path, want := range map[string]string{
		"organizations/sample/controls.toml": `[[control]]
id = "watch"
title = "Watch \"it\""
classification = "internal"
satisfies = ["mini:A.1", "mini:A.2"]
level = "organization"
owner = "lead"
status = "implemented"
cadence = "6 months"
documents = ["plan"]
description = '''
Look at *it*, as the [plan](documents/plan.md#how) says, under C:\data.

| a | b |
| --- | ---: |
| c | d\|e |
'''

[[control.execution]]
on = 2026-08-01
by = "lead"
result = "effective"
evidence = ["log"]
`,
		"organizations/sample/documents/plan.md": `+++
id = "plan"
title = "Plan"
classification = "confidential"
kind = "plan"
status = "approved"
approved_by = "lead"
approved_on = 2026-01-01

[impact]
data = "Lines\n+++\nmore"

[[impact.effect]]
on = "society"
kind = "harm"
text = "Less sleep"
+++

## How

We [[control:watch]] it, see [the log](../evidence/log.txt) and ![a picture](../../../files/p.png).
`,
		"organizations/sample/objectives.toml": `[[objective]]
id = "fast"
title = "Fast"
classification = "confidential"
target = 0
direction = "at-most"

[[objective.measurement]]
on = 2026-05-01
value = 2.5
`,
	} {
		if got[path] != want {
			t.Errorf("%s is\n%s", path, got[path])
		}
	}
	if text := got["annex.toml"]; !strings.HasSuffix(text, "\n[pack]\nas_of = 2026-11-24\n") {
		t.Errorf("annex.toml is\n%s", text)
	}
}
