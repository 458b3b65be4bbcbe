package secrets

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// form is what shape finds out about an expression.
type form struct {
	span  int            // the longest match in bytes, at most overlap
	quick *regexp.Regexp // the expression from the keyword on, to be tried there alone; nil if a match may begin otherwise
	first *regexp.Regexp // the beginning of quick, up to where it has no end; nil if it has one
}

// shape looks at how an expression is made. If each of its matches begins with one
// of the keywords, apart from what may be left out before it, it can be tried at the
// places of keywords alone: most tries end after a few letters.
func shape(expression string, keywords []string) (form, error) {
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return form{}, err
	}
	f := form{span: longest(tree)}
	tree = begun(tree)
	heads, _ := beginnings(tree)
	for _, head := range heads {
		if !slices.ContainsFunc(keywords, func(word string) bool { return strings.HasPrefix(head, strings.ToLower(word)) }) {
			return f, nil
		}
	}
	if f.quick, err = regexp.Compile(`\A(?:` + tree.String() + `)`); err != nil {
		return form{}, err
	}
	if part, whole := bounded(tree); !whole {
		f.first, err = regexp.Compile(`\A(?:` + part.String() + `)`)
	}
	return f, err
}

// bounded returns the beginning of an expression up to where it has no end, and
// whether that is all of it.
func bounded(tree *syntax.Regexp) (part *syntax.Regexp, whole bool) {
	if longest(tree) < overlap {
		return tree, true
	}
	copied := *tree
	switch tree.Op {
	case syntax.OpConcat:
		copied.Sub = nil
		for _, sub := range tree.Sub {
			part, whole := bounded(sub)
			if copied.Sub = append(copied.Sub, part); !whole {
				return &copied, false
			}
		}
	case syntax.OpCapture:
		part, _ = bounded(tree.Sub[0])
		return part, false
	case syntax.OpPlus:
		part, _ = bounded(tree.Sub[0])
		return part, false
	case syntax.OpRepeat:
		if longest(tree.Sub[0]) < overlap {
			copied.Max = copied.Min
			return &copied, false
		}
	case syntax.OpAlternate:
		copied.Sub = nil
		for _, sub := range tree.Sub {
			part, _ := bounded(sub)
			copied.Sub = append(copied.Sub, part)
		}
		return &copied, false
	}
	return &syntax.Regexp{Op: syntax.OpEmptyMatch}, false
}

// begun returns the expression without what may be left out at its beginning and
// without conditions on what stands before, which are looked at afterwards.
func begun(tree *syntax.Regexp) *syntax.Regexp {
	switch tree.Op {
	case syntax.OpConcat:
		copied := *tree
		copied.Sub = slices.Clone(tree.Sub)
		for len(copied.Sub) > 1 && optional(copied.Sub[0]) {
			copied.Sub = copied.Sub[1:]
		}
		copied.Sub[0] = begun(copied.Sub[0])
		return &copied
	case syntax.OpCapture, syntax.OpAlternate:
		copied := *tree
		copied.Sub = slices.Clone(tree.Sub)
		for i := range copied.Sub {
			copied.Sub[i] = begun(copied.Sub[i])
		}
		return &copied
	}
	return tree
}

func optional(tree *syntax.Regexp) bool {
	switch tree.Op {
	case syntax.OpStar, syntax.OpQuest, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginLine, syntax.OpBeginText, syntax.OpEmptyMatch:
		return true
	case syntax.OpRepeat:
		return tree.Min == 0
	}
	return false
}

// most beginnings that are told apart; an expression with more has none.
const most = 400

// beginnings returns what the matches of an expression begin with, in lower case,
// and whether these are the whole matches.
func beginnings(tree *syntax.Regexp) (heads []string, whole bool) {
	switch tree.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(tree.Rune))}, true
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}, true
	case syntax.OpCapture:
		return beginnings(tree.Sub[0])
	case syntax.OpQuest:
		heads, whole = beginnings(tree.Sub[0])
		return append([]string{""}, heads...), whole
	case syntax.OpPlus:
		heads, _ = beginnings(tree.Sub[0])
		return heads, false
	case syntax.OpRepeat:
		if tree.Min > 0 {
			heads, _ = beginnings(tree.Sub[0])
			return heads, false
		}
	case syntax.OpCharClass:
		for i := 0; i < len(tree.Rune); i += 2 {
			if tree.Rune[i+1]-tree.Rune[i] > 9 {
				return []string{""}, false
			}
			for c := tree.Rune[i]; c <= tree.Rune[i+1]; c++ {
				heads = append(heads, strings.ToLower(string(c)))
			}
		}
		slices.Sort(heads)
		return slices.Compact(heads), true
	case syntax.OpAlternate:
		whole = true
		for _, sub := range tree.Sub {
			more, all := beginnings(sub)
			heads, whole = append(heads, more...), whole && all
		}
		if len(heads) <= most {
			return heads, whole
		}
	case syntax.OpConcat:
		heads = []string{""}
		for _, sub := range tree.Sub {
			more, all := beginnings(sub)
			if len(heads)*len(more) > most {
				return heads, false
			}
			var longer []string
			for _, a := range heads {
				for _, b := range more {
					longer = append(longer, a+b)
				}
			}
			if heads = longer; !all {
				return heads, false
			}
		}
		return heads, true
	}
	return []string{""}, false
}

// longest returns how many bytes a match can have, at most overlap.
func longest(tree *syntax.Regexp) int {
	sum := 0
	switch tree.Op {
	case syntax.OpLiteral:
		sum = len(string(tree.Rune))
	case syntax.OpCharClass:
		sum = 1
		if len(tree.Rune) > 0 && tree.Rune[len(tree.Rune)-1] > 0x7f {
			sum = 4
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		sum = 4
	case syntax.OpStar, syntax.OpPlus:
		sum = overlap
	case syntax.OpQuest, syntax.OpCapture:
		sum = longest(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Max < 0 {
			return overlap
		}
		sum = tree.Max * longest(tree.Sub[0])
	case syntax.OpConcat:
		for _, sub := range tree.Sub {
			sum += longest(sub)
		}
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			sum = max(sum, longest(sub))
		}
	}
	return min(sum, overlap)
}
