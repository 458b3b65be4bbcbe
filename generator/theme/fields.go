package theme

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// fieldHelp says which field was meant. In is the type that has no such field,
// as the library writes it.
func fieldHelp(field, in string, data any) string {
	view := viewOf(data)
	t := findType(in, data)
	if in == "interface {}" { // the view itself
		t = view
	}
	if t == nil {
		return "within {{range}} and {{with}} the dot stands for the item; $ stands for the page"
	}
	names := fieldNames(t)
	if len(names) == 0 {
		return fmt.Sprintf("this is %s, which has no fields", typeName(in))
	}
	if t == reflect.TypeOf(data) && view != nil && slices.Contains(fieldNames(view), field) {
		return "did you mean .View." + field + "?"
	}
	return suggest(field, names, "fields here are "+listed(names)+"; within {{range}} and {{with}} the dot stands for the item, $ for the page")
}

// viewOf returns the type of what the field View holds, or nil. Each kind of
// page has its own.
func viewOf(data any) reflect.Type {
	v := reflect.ValueOf(data)
	if v.Kind() != reflect.Struct {
		return nil
	}
	if view := v.FieldByName("View"); view.IsValid() && view.Kind() == reflect.Interface && !view.IsNil() {
		return view.Elem().Type()
	}
	return nil
}

// maxNames is how many fields a help text lists.
const maxNames = 30

func listed(names []string) string {
	if len(names) > maxNames {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNames], ", "), len(names)-maxNames)
	}
	return strings.Join(names, ", ")
}

// fieldNames lists what a template may ask of a type, by the alphabet.
func fieldNames(t reflect.Type) []string {
	var names []string
	pointer := t
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	} else {
		pointer = reflect.PointerTo(t)
	}
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				names = append(names, f.Name)
			}
		}
	}
	for i := range pointer.NumMethod() {
		if m := pointer.Method(i); m.Type.NumOut() > 0 {
			names = append(names, m.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// maxTypes is how many types are looked at for one field.
const maxTypes = 5000

// findType returns the type with a name among those that can be reached from
// data, or nil.
func findType(name string, data any) reflect.Type {
	if data == nil {
		return nil
	}
	queue := []reflect.Type{reflect.TypeOf(data)}
	if view := viewOf(data); view != nil {
		queue = append(queue, view)
	}
	seen := map[reflect.Type]bool{}
	for len(queue) > 0 && len(seen) < maxTypes {
		t := queue[0]
		queue = queue[1:]
		if seen[t] {
			continue
		}
		if t.String() == name {
			return t
		}
		seen[t] = true
		queue = append(queue, within(t)...)
	}
	return nil
}

// within lists the types of what a template can get from a value of a type.
func within(t reflect.Type) []reflect.Type {
	var list []reflect.Type
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		list = append(list, t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() || f.Anonymous {
				list = append(list, f.Type)
			}
		}
	}
	for i := range t.NumMethod() {
		if m := t.Method(i); m.Type.NumOut() > 0 {
			list = append(list, m.Type.Out(0))
		}
	}
	return list
}
