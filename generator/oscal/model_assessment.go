package oscal

// assessmentPlan says which audits there are and what they look at.
type assessmentPlan struct {
	head
	System     reference        `json:"import-ssp"`
	Local      *planDefinitions `json:"local-definitions,omitempty"`
	Reviewed   reviewedControls `json:"reviewed-controls"`
	Tasks      []task           `json:"tasks,omitempty"`
	BackMatter *backMatter      `json:"back-matter,omitempty"`
}

type planDefinitions struct {
	Activities []activity `json:"activities,omitempty"`
}

type activity struct {
	UUID        string            `json:"uuid"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Props       []prop            `json:"props,omitempty"`
	Related     *reviewedControls `json:"related-controls,omitempty"`
}

type reviewedControls struct {
	Description string             `json:"description,omitempty"`
	Selections  []controlSelection `json:"control-selections"`
}

type controlSelection struct {
	Description string             `json:"description,omitempty"`
	All         *everything        `json:"include-all,omitempty"`
	Include     []reviewedSelected `json:"include-controls,omitempty"`
}

type reviewedSelected struct {
	ControlID string `json:"control-id"`
}

type task struct {
	UUID        string               `json:"uuid"`
	Type        string               `json:"type"`
	Title       string               `json:"title"`
	Description string               `json:"description,omitempty"`
	Props       []prop               `json:"props,omitempty"`
	Links       []link               `json:"links,omitempty"`
	Timing      *timing              `json:"timing,omitempty"`
	Activities  []associatedActivity `json:"associated-activities,omitempty"`
}

type timing struct {
	On     *onDate    `json:"on-date,omitempty"`
	Within *dateRange `json:"within-date-range,omitempty"`
}

type onDate struct {
	Date string `json:"date"`
}

type dateRange struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

type associatedActivity struct {
	ActivityUUID string              `json:"activity-uuid"`
	Subjects     []assessmentSubject `json:"subjects"`
}

type assessmentSubject struct {
	Type    string      `json:"type"`
	All     *everything `json:"include-all,omitempty"`
	Include []subjectID `json:"include-subjects,omitempty"`
}

type subjectID struct {
	UUID string `json:"subject-uuid"`
	Type string `json:"type"`
}

// assessmentResults says what audits and performances of controls brought out.
type assessmentResults struct {
	head
	Plan       reference   `json:"import-ap"`
	Results    []result    `json:"results"`
	BackMatter *backMatter `json:"back-matter,omitempty"`
}

type result struct {
	UUID         string           `json:"uuid"`
	Title        string           `json:"title"`
	Description  string           `json:"description"`
	Start        string           `json:"start"`
	End          string           `json:"end,omitempty"`
	Props        []prop           `json:"props,omitempty"`
	Links        []link           `json:"links,omitempty"`
	Reviewed     reviewedControls `json:"reviewed-controls"`
	Observations []observation    `json:"observations,omitempty"`
	Risks        []risk           `json:"risks,omitempty"`
	Findings     []finding        `json:"findings,omitempty"`
}

type observation struct {
	UUID        string     `json:"uuid"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description"`
	Props       []prop     `json:"props,omitempty"`
	Methods     []string   `json:"methods"`
	Types       []string   `json:"types,omitempty"`
	Origins     []origin   `json:"origins,omitempty"`
	Subjects    []subject  `json:"subjects,omitempty"`
	Evidence    []relevant `json:"relevant-evidence,omitempty"`
	Collected   string     `json:"collected"`
	Remarks     string     `json:"remarks,omitempty"`
}

type subject struct {
	UUID  string `json:"subject-uuid"`
	Type  string `json:"type"`
	Title string `json:"title,omitempty"`
}

type relevant struct {
	Href        string `json:"href,omitempty"`
	Description string `json:"description"`
}

type origin struct {
	Actors []actor       `json:"actors"`
	Tasks  []relatedTask `json:"related-tasks,omitempty"`
}

type actor struct {
	Type   string `json:"type"`
	UUID   string `json:"actor-uuid"`
	RoleID string `json:"role-id,omitempty"`
}

type relatedTask struct {
	UUID string `json:"task-uuid"`
}

type relatedObservation struct {
	UUID string `json:"observation-uuid"`
}

type relatedRisk struct {
	UUID string `json:"risk-uuid"`
}

type relatedFinding struct {
	UUID string `json:"finding-uuid"`
}

type risk struct {
	UUID         string               `json:"uuid"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Statement    string               `json:"statement"`
	Props        []prop               `json:"props,omitempty"`
	Status       string               `json:"status"`
	Deadline     string               `json:"deadline,omitempty"`
	Remediations []remediation        `json:"remediations,omitempty"`
	Log          *riskLog             `json:"risk-log,omitempty"`
	Observations []relatedObservation `json:"related-observations,omitempty"`
}

type remediation struct {
	UUID        string `json:"uuid"`
	Lifecycle   string `json:"lifecycle"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Props       []prop `json:"props,omitempty"`
}

type riskLog struct {
	Entries []riskEntry `json:"entries"`
}

type riskEntry struct {
	UUID        string `json:"uuid"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Start       string `json:"start"`
	Status      string `json:"status-change,omitempty"`
}

type finding struct {
	UUID         string               `json:"uuid"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Props        []prop               `json:"props,omitempty"`
	Origins      []origin             `json:"origins,omitempty"`
	Target       target               `json:"target"`
	Observations []relatedObservation `json:"related-observations,omitempty"`
	Risks        []relatedRisk        `json:"related-risks,omitempty"`
}

type target struct {
	Type   string       `json:"type"`
	ID     string       `json:"target-id"`
	Title  string       `json:"title,omitempty"`
	Status targetStatus `json:"status"`
}

type targetStatus struct {
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
}

// planOfAction says what has to be done, by when.
type planOfAction struct {
	head
	System       *reference    `json:"import-ssp,omitempty"`
	ID           systemID      `json:"system-id"`
	Observations []observation `json:"observations,omitempty"`
	Risks        []risk        `json:"risks,omitempty"`
	Findings     []finding     `json:"findings,omitempty"`
	Items        []planItem    `json:"poam-items"`
	BackMatter   *backMatter   `json:"back-matter,omitempty"`
}

type planItem struct {
	UUID         string               `json:"uuid"`
	Title        string               `json:"title"`
	Description  string               `json:"description"`
	Props        []prop               `json:"props,omitempty"`
	Links        []link               `json:"links,omitempty"`
	Origins      []origin             `json:"origins,omitempty"`
	Findings     []relatedFinding     `json:"related-findings,omitempty"`
	Observations []relatedObservation `json:"related-observations,omitempty"`
	Risks        []relatedRisk        `json:"related-risks,omitempty"`
}
