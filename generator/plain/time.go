package plain

import "bytes"

// namesPeriod reports whether the sentence says how often: monthly, every 6
// months, each quarter, twice a year, on Mondays, before each release, or at a
// cadence that is set elsewhere.
func (s *sentence) namesPeriod() bool {
	for i := range s.words {
		switch w := s.word(i); string(w) {
		case "every", "each", "per":
			if s.unitNear(i+1) || s.eventNear(i+1) || isBeside(s.word(i-1)) {
				return true
			}
		case "once", "twice", "times":
			if isOf(s.word(i+1)) && s.unitNear(i+2) {
				return true
			}
		default:
			if isPeriod(w) || isWeekday(w) {
				return true
			}
		}
	}
	return false
}

// namesLimit reports whether the sentence says by when: within 24 hours, two
// working days, within an hour, the same day, a deadline that is set elsewhere.
func (s *sentence) namesLimit() bool {
	for i := range s.words {
		switch w := s.word(i); string(w) {
		case "deadline", "deadlines", "limit", "limits":
			return true
		case "same", "next", "following":
			if s.unitNear(i + 1) {
				return true
			}
		case "within", "in", "after", "end":
			if isOf(s.word(i+1)) && s.unitNear(i+2) {
				return true
			}
		default:
			if isShort(w) || isWeekday(w) || isNumber(w) && s.unitNear(i+1) {
				return true
			}
		}
	}
	return false
}

// unitNear reports whether one of three words from the i-th on is a unit of
// time, in the singular or plural.
func (s *sentence) unitNear(i int) bool {
	for n := range 3 {
		switch string(singular(s.word(i + n))) {
		case "minute", "hour", "day", "night", "week", "weekday", "weekend", "fortnight", "month", "quarter", "semester", "season", "year", "shift":
			return true
		}
	}
	return false
}

// eventNear reports whether one of three words from the i-th on is what happens
// often enough to count by.
func (s *sentence) eventNear(i int) bool {
	for n := range 3 {
		switch string(singular(s.word(i + n))) {
		case "sprint", "iteration", "release", "version", "retraining", "meeting", "audit", "review", "term":
			return true
		}
	}
	return false
}

func singular(w []byte) []byte { return bytes.TrimSuffix(w, []byte("s")) }

func isBeside(w []byte) bool {
	switch string(w) {
	case "before", "after", "at", "upon":
		return true
	}
	return false
}

func isOf(w []byte) bool {
	switch string(w) {
	case "a", "an", "the", "of", "in", "per", "each", "every":
		return true
	}
	return false
}

// isPeriod knows words that say how often by themselves, or point to where it is
// said. May and March have other meanings.
func isPeriod(w []byte) bool {
	switch string(w) {
	case "hourly", "daily", "nightly", "weekly", "fortnightly", "biweekly", "monthly", "bimonthly", "quarterly", "yearly", "annually", "annual",
		"biannually", "biennially", "semiannually",
		"january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
		"cadence", "interval", "frequency", "schedule", "calendar", "timetable":
		return true
	}
	return false
}

func isWeekday(w []byte) bool {
	switch string(singular(w)) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// isNumber reports whether a word is a number in digits or words.
func isNumber(w []byte) bool {
	switch string(w) {
	case "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen", "fifteen", "twenty",
		"thirty", "forty", "sixty", "seventy", "ninety", "hundred":
		return true
	}
	return len(w) > 0 && digits(w) == len(w)
}

// isShort reports whether a word is a number with a unit, such as 72h.
func isShort(w []byte) bool {
	n := digits(w)
	switch string(w[n:]) {
	case "h", "hrs", "min", "d":
		return n > 0
	}
	return false
}

// digits counts the digits that a word begins with.
func digits(w []byte) int {
	n := 0
	for n < len(w) && w[n] >= '0' && w[n] <= '9' {
		n++
	}
	return n
}
