package diag

// Codes about AI systems: their classification, duties and impact assessments.
const (
	ClassAgainstGround Code = "AX1001"
	GroundMissing      Code = "AX1002"
	ClassMissing       Code = "AX1003"
	StageAgainstDates  Code = "AX1004"
	DutyUnmet          Code = "AX1005"
	DutyAhead          Code = "AX1006"
	ImpactIncomplete   Code = "AX1007"
	ImpactOfAnother    Code = "AX1008"
	ProhibitedPractice Code = "AX1009"
	SystemUnowned      Code = "AX1010"
	ManufacturerOnly   Code = "AX1011"
)

func systemFamily() Family {
	return Family{Title: "AI systems", About: "the classification, duties and impact assessments of AI systems", Entries: []Entry{
		{
			ClassAgainstGround, Warning, "risk class that its ground does not lead to",
			`The system's risk class contradicts one of its grounds: a use of Annex III of the EU AI Act, for example, is high-risk unless Article 6(3) is a ground as well. Nothing excepts from a prohibited practice. Not legal advice.`,
		},
		{
			GroundMissing, Warning, "risk class without a ground",
			`A class other than minimal rests on an entry of the law that leads to it by itself. Article 50 of the EU AI Act leads to limited: beside a high class it needs a ground for high as well. Name it in grounds, so that a reader can follow the classification and the right duties and dates are derived.`,
		},
		{
			ClassMissing, Warning, "AI system without role or risk class",
			`Most duties of a law follow from the organization's role toward the system and from its risk class. Those that ask for what is missing cannot be derived.`,
		},
		{
			StageAgainstDates, Warning, "stage that contradicts the dates",
			`The stage of the system's life and its dates of deployment and retirement do not go together, or the date that the stage calls for is missing. A retired system is out of scope, so that it matters which is right.`,
		},
		{
			DutyUnmet, Warning, "duty that no control serves",
			`An obligation of a law follows from the role and class of the system and applies on the as-of date, but no control and no approved document serves it. Not legal advice.`,
		},
		{
			DutyAhead, Note, "duty ahead that no control serves",
			`An obligation of a law will apply to the system from a later day, and nothing serves it yet. Not legal advice.`,
		},
		{
			ImpactIncomplete, Note, "impact assessment with fields missing",
			`An impact assessment looks at the effects on individuals, on groups and on society, good and bad, and says how likely and severe the harms are and which controls work against them, when it was made, by whom and to what conclusion (ISO/IEC 42001 6.1.4, ISO/IEC 42005). Its front matter holds them in [impact].`,
		},
		{
			ImpactOfAnother, Warning, "impact assessment of another system",
			`The AI system names an assessment that says it is about another system. One of the two is wrong.`,
		},
		{
			ProhibitedPractice, Warning, "prohibited practice that is not retired",
			`The system is classified as a prohibited practice (Article 5 of the EU AI Act). It must not be placed on the market, put into service or used. Not legal advice.`,
		},
		{
			SystemUnowned, Warning, "AI system without an owner",
			`Nobody answers for the system or may switch it off. Every AI system that is not retired needs one owner role.`,
		},
		{
			ManufacturerOnly, Warning, "product manufacturer without a product that makes it a provider",
			`Whoever puts an AI system into a product under its own name is its provider only for products of Annex I, Section A of the EU AI Act (Article 25(3)). On another ground the duties of a provider are those of somebody else, unless the role provider holds as well. Not legal advice.`,
		},
	}}
}
