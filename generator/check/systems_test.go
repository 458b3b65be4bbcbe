package check

import (
	"strings"
	"testing"
)

const law = `
-- annex.toml --
frameworks = ["mini", "law"]
[organization]
name = "Sample Ltd"
-- frameworks/law.toml --
id = "law"
title = "Law"
version = "1"
kind = "law"
[[requirement]]
ref = "Art.1"
kind = "clause"
title = "Duties"
asks = "Do both."
[[requirement]]
ref = "Annex"
kind = "heading"
title = "Uses"
asks = "These uses."
classes = ["high"]
[[obligation]]
id = "later"
requirement = "Art.1"
title = "Do the later thing"
[[obligation.application]]
from = 2028-01-01
[[obligation]]
id = "undated"
requirement = "Art.1"
title = "Do it some day"
[[obligation]]
id = "sooner"
requirement = "Art.1"
title = "Do the sooner thing"
[[obligation.application]]
from = 2025-01-01
-- systems/one/project.toml --
kind = "system"
id = "one"
title = "One"
role = ["provider"]
risk_class = "high"
grounds = ["law:Annex"]
`

// TestADutyThatAppliesIsNotHiddenByOneAhead holds that of several duties from
// one article the earliest decides, whatever their order in the catalog.
func TestADutyThatAppliesIsNotHiddenByOneAhead(t *testing.T) {
	ahead := strings.Replace(law, "2025-01-01", "2027-01-01", 1)
	for _, c := range []struct{ name, text, want string }{
		{"one applies already", law, "AX1005 2025-01-01"},
		{"both are ahead", ahead, "AX1006 2027-01-01"},
		{"the day of the later one", strings.Replace(ahead, "from = 2027-01-01", "from = 2028-01-01", 1), "AX1006 2028-01-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, i := range run(t, c.text) {
				if strings.HasPrefix(string(i.Code), "AX100") {
					got = append(got, string(i.Code)+" "+i.Due.String())
				}
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
