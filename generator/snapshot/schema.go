package snapshot

import (
	"reflect"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/schema"
)

// Schema returns the JSON Schema of snapshots.
func Schema() ([]byte, error) {
	return schema.Infer(reflect.TypeFor[Model](), SchemaID, "An AI management system on one day, as annex knows it", forms())
}

// forms returns what there is to know of the types of words.
func forms() map[reflect.Type]schema.Form {
	m := map[reflect.Type]schema.Form{reflect.TypeFor[Date](): {Format: "date"}}
	var states []State
	for _, s := range readiness.States() {
		states = append(states, state(s))
	}
	add(m, states)
	add(m, readiness.FlagKinds())
	add(m, aims.Classifications())
	add(m, aims.Statuses())
	add(m, aims.Levels())
	add(m, aims.Results())
	add(m, aims.Reasons())
	add(m, aims.Bases())
	add(m, aims.DocumentKinds())
	add(m, aims.DocumentStatuses())
	add(m, aims.Treatments())
	add(m, aims.RiskStatuses())
	add(m, aims.AffectedGroups())
	add(m, aims.Directions())
	add(m, aims.ObjectiveStatuses())
	add(m, aims.PartyKinds())
	add(m, aims.AuditKinds())
	add(m, aims.AuditStatuses())
	add(m, aims.Grades())
	add(m, aims.ReviewTopics())
	add(m, aims.SignoffKinds())
	add(m, aims.SignoffDecisions())
	add(m, aims.ProjectKinds())
	add(m, aims.AIRoles())
	add(m, aims.SystemRoles())
	add(m, aims.Stages())
	add(m, aims.RiskClasses())
	add(m, aims.RequirementKinds())
	return m
}

// add says that values of a type are some words.
func add[T ~string](m map[reflect.Type]schema.Form, all []T) {
	var words []string
	for _, w := range all {
		words = append(words, string(w))
	}
	m[reflect.TypeFor[T]()] = schema.Form{Words: words}
}
