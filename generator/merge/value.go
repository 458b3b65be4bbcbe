package merge

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/source"
	"annex/generator/spreadsheet"
)

// read is the value of a cell in the form of its column.
type read struct {
	text    string // as an export shows it
	value   any    // for package edit; nil for an empty cell
	assumed bool   // whether the cell is empty, and the value what that stands for
}

// refusal is why a cell is not taken.
type refusal struct{ message, help string }

// valueOf reads a cell.
func valueOf(c spreadsheet.ReadCell, column export.Column) (read, *refusal) {
	text := strings.TrimRight(c.Text, " \t\r\n")
	switch {
	case c.Formula:
		return read{}, &refusal{"this is a formula", "annex takes values only: copy the cell and paste its value in its place"}
	case c.Kind == spreadsheet.HoldsError:
		return read{}, &refusal{fmt.Sprintf("this is the error %s of a formula", brief(c.Text)), "write the value itself"}
	case odd(text) != 0:
		return read{}, oddRefusal(text)
	case c.Covered:
		return read{}, &refusal{"this cell lies below another that spreads over it", "split the merged cells, so that each row has its own"}
	case strings.TrimSpace(text) == "" && column.Empty != "":
		return read{text: column.Empty, value: column.Empty, assumed: true}, nil
	case strings.TrimSpace(text) == "":
		return read{}, nil
	}
	switch column.Form {
	case export.DayForm:
		return dayOf(c, text)
	case export.NumberForm:
		return numberOf(c, text)
	case export.YesNoForm:
		return yesNoOf(text)
	case export.WordForm:
		return wordOf(text, column), nil
	case export.ListForm:
		return listOf(text, column), nil
	}
	return read{text: spreadsheet.Text(text).Shown(), value: text}, nil
}

func dayOf(c spreadsheet.ReadCell, text string) (read, *refusal) {
	day := c.Day
	if c.Kind != spreadsheet.HoldsDay {
		var err error
		if day, err = aims.ParseDate(dashed(strings.TrimSpace(text))); err != nil {
			return read{}, &refusal{Said(text) + " is not a day", "write it as 2026-05-12, or as a date of your program"}
		}
	}
	if day.IsZero() {
		return read{}, &refusal{Said(text) + " is a time without a day", "write a day, such as 2026-05-12"}
	}
	return read{text: day.String(), value: day}, nil
}

// dashed writes a day as 12.5.2026, day before month, as 2026-05-12. Other texts
// stay as they are: of 5/12/2026 nobody knows the month.
func dashed(text string) string {
	day, rest, _ := strings.Cut(text, ".")
	month, year, _ := strings.Cut(rest, ".")
	month, year = strings.TrimSpace(month), strings.TrimSpace(year)
	if len(day) == 0 || len(day) > 2 || len(month) == 0 || len(month) > 2 || len(year) != 4 {
		return text
	}
	return fmt.Sprintf("%s-%02s-%02s", year, month, day)
}

func numberOf(c spreadsheet.ReadCell, text string) (read, *refusal) {
	n := c.Number
	if c.Kind != spreadsheet.HoldsNumber {
		var err error
		if n, err = strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
			return read{}, &refusal{Said(text) + " is not a number", "write a whole number, such as 3"}
		}
	}
	if n != math.Trunc(n) || math.Abs(n) > 1e9 {
		return read{}, &refusal{brief(text) + " is not a whole number", "write a whole number, such as 3"}
	}
	return read{text: strconv.FormatInt(int64(n), 10), value: int64(n)}, nil
}

// yesNoOf reads the answers that people write, with a bracket around or not.
func yesNoOf(text string) (read, *refusal) {
	switch strings.ToLower(strings.Trim(text, " .!()[]")) {
	case "yes", "y", "true", "x", "✓", "✔", "✅", "☑", "☒", "ja", "j", "applicable", "included", "1":
		return read{text: export.Yes, value: true}, nil
	case "no", "n", "false", "✗", "✘", "❌", "nein", "not applicable", "n/a", "na", "excluded", "0":
		return read{text: export.No, value: false}, nil
	}
	return read{}, &refusal{Said(text) + " is neither yes nor no", "write yes or no, or leave it empty while it is open"}
}

// unmarked reports whether a text in a column of marks is an empty box or a dash.
func unmarked(text string) bool {
	return strings.Trim(text, " ()[]-–—☐") == ""
}

// odd returns a sign of a text that nobody sees or writes, which came in by a
// program, or 0.
func odd(text string) rune {
	for _, r := range text {
		if unicode.IsControl(r) && r != '\t' && r != '\n' {
			return r
		}
	}
	return 0
}

func oddRefusal(text string) *refusal {
	return &refusal{fmt.Sprintf("the text has the control character %U in it, which nobody sees", odd(text)), "write the text anew in place of it"}
}

// wordOf reads one of the words of a column, however it is spelt. A word that is
// none of them is left to the rules of the records, which say what was meant.
func wordOf(text string, column export.Column) read {
	w := spelt(text, column.Words)
	return read{text: w, value: w}
}

// listOf reads several words.
func listOf(text string, column export.Column) read {
	list := split(text, column)
	if len(list) == 0 {
		return read{}
	}
	for i := range list {
		list[i] = spelt(list[i], column.Words)
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return read{text: export.Joined(list), value: list}
}

// split parts a list at commas, or at lines. The reasons of a decision are parted
// by any sign or word that people put between.
func split(text string, column export.Column) []string {
	if column.Key == "reasons" {
		text = strings.NewReplacer("+", ",", "&", ",", "/", ",", " and ", ",", " und ", ",", "\n", ",").Replace(text)
	}
	return export.Split(text)
}

// spelt returns the word that differs in case, blanks and hyphens alone.
func spelt(text string, words []string) string {
	text = strings.TrimSpace(text)
	for _, w := range words {
		if plainly(w) == plainly(text) {
			return w
		}
	}
	return text
}

func plainly(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// near returns the word that was probably meant, as a question.
func near(word string, among []string) string {
	if n := source.Nearest(word, among); n != "" {
		return fmt.Sprintf("did you mean %s?", n)
	}
	return ""
}
