package plain

// Word is one entry of the list: a word or phrase in all the forms that mean
// the same.
type Word struct {
	Reason
	Forms []string // in small letters; the first names the entry
	// words that make it testable when they come right before or after
	before, after []string
}

// Reason says why words cannot be tested and what serves better.
type Reason struct {
	Why     string // "it leaves open how often"
	Instead string // what to write, as a request
	unless  test
}

// test is what makes a word testable in the sentence where it stands.
type test uint8

const (
	never    test = iota
	settled       // somebody judges, or the sentence leads to what is meant
	referred      // the sentence leads to what is meant
	periodic      // it says how often
	limited       // it says by when
	listed        // it gives examples, or counts
)

// Name returns the form that stands for the entry.
func (w *Word) Name() string { return w.Forms[0] }

// Words returns the list.
func Words() []Word {
	measure := Reason{"it says that a measure is met, and not which", "name the measure, or who decides", settled}
	condition := Reason{"it leaves open when", "name the condition, or who decides", referred}
	often := Reason{
		"it leaves open how often", "write the period, such as every 6 months, or the event, such as before each release", periodic,
	}
	soon := Reason{"it leaves open by when", "set a limit, such as within 24 hours", limited}
	effort := Reason{"it asks for an effort, and not for a result", "say what is done, and by whom", never}
	more := Reason{"it leaves open what else", "name the rest, or what decides it", listed}
	praise := Reason{"it praises, and sets no measure", "say what is measured, and what is good enough", never}
	law := []string{"by", "in", "under", "of", "per", "at"} // as required by Article 26

	return []Word{
		{Reason: measure, Forms: []string{"appropriate", "appropriately"}},
		{Reason: measure, Forms: []string{"adequate", "adequately"}},
		{
			Reason: measure, Forms: []string{"sufficient", "sufficiently"},
			before: []string{"is", "are", "was", "were", "not", "longer"}, // one signature is sufficient
		},
		{Reason: measure, Forms: []string{"suitable", "suitably"}},
		{
			Reason: measure, Forms: []string{"reasonable", "reasonably"},
			after: []string{"foreseeable", "accommodation", "accommodations", "adjustment", "adjustments", "assurance", "basis", "doubt", "grounds", "suspicion"}, // terms of law
		},
		{Reason: measure, Forms: []string{"properly"}},

		{Reason: condition, Forms: []string{"where appropriate", "if appropriate", "when appropriate", "as appropriate"}},
		{Reason: condition, Forms: []string{"as needed", "if needed", "where needed", "when needed", "whenever needed"}, before: []string{"available", "there"}},
		{Reason: condition, Forms: []string{"as required", "if required", "where required", "when required"}, after: law},
		{Reason: condition, Forms: []string{"as necessary", "if necessary", "where necessary", "when necessary", "whenever necessary"}},
		{Reason: condition, Forms: []string{
			"where possible", "if possible", "when possible", "whenever possible", "wherever possible",
			"as far as possible", "as much as possible", "to the extent possible",
		}},
		{Reason: condition, Forms: []string{
			"where practicable", "if practicable", "when practicable", "as far as practicable", "where practical", "where feasible", "if feasible",
		}},

		{
			Reason: often, Forms: []string{
				"regularly", "on a regular basis", "at regular intervals", "regular review", "regular reviews", "regular audit", "regular audits",
				"regular check", "regular checks", "regular test", "regular tests", "regular training", "regular updates", "regular meetings",
			},
			after: []string{"scheduled"},
		},
		{Reason: often, Forms: []string{
			"periodically", "on a periodic basis", "at periodic intervals", "periodic review", "periodic reviews", "periodic audit", "periodic audits",
			"periodic check", "periodic checks", "periodic test", "periodic tests", "periodic training", "periodic updates", "periodic meetings",
		}},
		{Reason: often, Forms: []string{"from time to time"}},
		{
			Reason: often, Forms: []string{"frequently"},
			before: []string{"how", "more", "most", "less", "least", "too", "as"}, after: []string{"asked"},
		},
		{Reason: often, Forms: []string{"occasionally"}},

		{Reason: soon, Forms: []string{"timely"}},
		{Reason: soon, Forms: []string{"promptly"}},
		{Reason: soon, Forms: []string{"swiftly", "speedily", "expeditiously"}},
		{Reason: soon, Forms: []string{"as soon as possible", "as soon as practicable", "as soon as feasible", "as quickly as possible"}},
		{Reason: soon, Forms: []string{"without delay", "without undue delay", "without unnecessary delay"}},
		{Reason: soon, Forms: []string{"in due course", "in due time"}},

		{Reason: effort, Forms: []string{"should consider", "should be considered"}},
		{Reason: effort, Forms: []string{"should try to", "we try to", "shall try to", "must try to", "will try to"}},
		{Reason: effort, Forms: []string{"strive", "strives", "striving"}},
		{Reason: effort, Forms: []string{"endeavour to", "endeavours to", "endeavor to", "endeavors to"}},
		{Reason: effort, Forms: []string{"best effort", "best efforts", "every effort"}},
		{Reason: effort, Forms: []string{"encouraged to"}},

		{Reason: more, Forms: []string{"and the like"}},
		{Reason: more, Forms: []string{"etc"}},
		{Reason: more, Forms: []string{"and so on", "and so forth"}},
		{Reason: more, Forms: []string{"but not limited to", "but is not limited to", "but are not limited to"}},

		{Reason: praise, Forms: []string{"user-friendly"}},
		{Reason: praise, Forms: []string{"robust", "robustly"}, after: []string{"against", "to"}},
		{Reason: praise, Forms: []string{"seamless", "seamlessly"}},
		{Reason: praise, Forms: []string{"state of the art"}},
		{Reason: praise, Forms: []string{"cutting-edge", "world-class", "best-in-class"}},
	}
}
