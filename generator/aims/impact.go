package aims

// Impact is what an impact assessment says in fields, beside its text
// (ISO/IEC 42001 6.1.4; the shape follows ISO/IEC 42005).
type Impact struct {
	System      *System
	AssessedOn  Date
	Assessors   []*Role
	IntendedUse string
	Misuse      string // that can be foreseen
	Environment string // in which the system is used
	Data        string
	Model       string
	Parties     string // who was asked
	Conclusion  string
	Effects     []Effect
	Origin      Origin
}

// Effect is one benefit or harm that the system may bring. Likelihood and
// severity go from 1 to 5; 0 means not assessed.
type Effect struct {
	On         Affected
	Harm       bool
	Text       string
	Likelihood int
	Severity   int
	Controls   []*Control // that work against a harm
	Origin     Origin
}

// Score is likelihood times severity, 1 to 25, or 0 when not assessed.
func (e Effect) Score() int { return e.Likelihood * e.Severity }
