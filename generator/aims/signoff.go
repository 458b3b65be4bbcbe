package aims

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Mark is the digest of one field of what was signed, as it was on the day.
type Mark struct{ Field, SHA256 string }

// Marks returns the SHA-256, in hex, of the value of each field that is given; of
// a prose it is that of its Markdown.
func Marks(fields []Field) []Mark {
	var list []Mark
	for _, f := range fields {
		if f.Value != "" {
			sum := DigestText([]byte(f.Value))
			if f.prose != nil {
				sum = f.prose.Source
			}
			list = append(list, Mark{f.Name, hex.EncodeToString(sum[:])})
		}
	}
	return list
}

// DigestText returns the SHA-256 of a text, whatever its line endings and the
// white space around it: git and editors change these without anybody's doing.
func DigestText(text []byte) [32]byte {
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	return sha256.Sum256(bytes.TrimSpace(text))
}

// SignedFields returns what a signoff of a kind is about: what the record says,
// without what the signoff itself brings about (approval, next review) and
// without what goes on afterwards (the status of a control, actions done). Of a
// Statement of Applicability it is its scope and version, and each decision of an
// organization.
func (w *Workspace) SignedFields(kind SignoffKind, subject Subject, o *Project) []Field {
	switch x := subject; kind {
	case SignDocument:
		return without(x.Document.Fields(), "accepted_words", "status", "approved_by", "approved_on", "next_review")
	case SignRisk:
		return find(w.Risks, x.Record).Fields()
	case SignControl:
		return without(find(w.Controls, x.Record).Fields(), "status", "due", "implemented_on")
	case SignReview:
		return slices.DeleteFunc(find(w.Reviews, x.Record).Fields(), func(f Field) bool {
			return strings.HasPrefix(f.Name, "action.") && strings.HasSuffix(f.Name, ".done")
		})
	}
	var list []Field
	if s := o.SoA(subject.Statement); s != nil {
		list = append(list, prose("scope", o.ScopeFor(s.Framework)), word("version", s.Version))
	}
	for _, d := range w.Decisions {
		if d.Project == o && subject.Statement != nil && d.Requirement.Framework == subject.Statement {
			list = append(list, Field{Name: d.Requirement.Ref, Value: d.sentence()})
		}
	}
	return list
}

// Signable returns what a signoff of a kind with a subject is about; a zero
// subject when there is no such thing.
func (w *Workspace) Signable(kind SignoffKind, subject string) Subject {
	if kind == SignSoA {
		return Subject{Statement: w.Framework(subject)}
	}
	for _, s := range w.Resolve(string(kind) + ":" + subject) {
		if s.Record != nil && slices.Contains([]Kind{KindDocument, KindRisk, KindControl, KindReview}, s.Kind) {
			return s
		}
	}
	return Subject{}
}

// sentence is the decision as one text, for its digest.
func (d *Decision) sentence() string {
	if !d.Decided {
		return ""
	}
	answer := "excluded"
	if d.Applicable {
		answer = "applicable"
	}
	return strings.Join([]string{answer, words("", d.Reasons).Value, string(d.Basis), d.Justification}, "\n")
}

func without(fields []Field, names ...string) []Field {
	return slices.DeleteFunc(fields, func(f Field) bool { return slices.Contains(names, f.Name) })
}

func find[T interface{ Head() *Record }](list []T, r *Record) T {
	i := slices.IndexFunc(list, func(x T) bool { return x.Head() == r })
	return list[i]
}

// Changed returns the names of the fields that are not as they were when they
// were signed: changed, added or taken away. It is nil when nothing changed or
// the signoff has no digest.
func (s *Signoff) Changed(w *Workspace) []string {
	if len(s.Marks) == 0 || s.Signed == (Subject{}) {
		return nil
	}
	now := map[string]string{}
	var names []string
	for _, m := range Marks(w.SignedFields(s.SubjectKind, s.Signed, s.Project.Organization)) {
		now[m.Field] = m.SHA256
		if !slices.ContainsFunc(s.Marks, func(was Mark) bool { return was.Field == m.Field }) {
			names = append(names, m.Field)
		}
	}
	for _, was := range s.Marks {
		if now[was.Field] != was.SHA256 {
			names = append(names, was.Field)
		}
	}
	slices.Sort(names)
	return names
}
