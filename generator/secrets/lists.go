package secrets

import (
	"fmt"
	"strings"
)

// list is a kind of personal data that is a finding when there is much of it.
type list struct {
	rule   string
	least  int    // different items in one file from which on they are a list
	plural string // of the items
}

// The lists. Mail addresses and phone numbers in small numbers are those that an
// organization gives of itself and its partners: ten are told of. IBANs and card
// numbers, of which one or two stand on any invoice, are from three on. National
// ids belong to one person each and stand in no document of a management system:
// from three on too, as a number can pass a check by chance.
const (
	mails = iota
	phones
	ibans
	cards
	nationals
	kinds
)

func thresholds() [kinds]list {
	return [kinds]list{
		mails:     {"mail-list", 10, "mail addresses"},
		phones:    {"phone-list", 10, "phone numbers"},
		ibans:     {"iban-list", 3, "bank accounts (IBAN)"},
		cards:     {"card-list", 3, "card numbers"},
		nationals: {"national-id-list", 3, "numbers that a state gives to a person"},
	}
}

// lists count the different items of one file.
type lists [kinds]items

type items struct {
	seen  map[uint64]bool // digests
	count int
	first string // place of the first
	shown string // excerpt of the first
}

// countable is how many different items of a kind are told apart, so that memory
// does not grow with the file.
const countable = 100_000

func (l *lists) add(kind int, value, excerpt string, place func() string) {
	it := &l[kind]
	h := uint64(14695981039346656037) // FNV-1a, 64 bits
	for i := 0; i < len(value); i++ {
		h = (h ^ uint64(value[i])) * 1099511628211
	}
	if it.seen[h] || it.count >= countable {
		return
	}
	if it.seen == nil {
		it.seen, it.first, it.shown = map[uint64]bool{}, place(), excerpt
	}
	it.seen[h] = true
	it.count++
}

// of returns the lists of the file with this name.
func (l *lists) of(name string) []Finding {
	var all []Finding
	for kind, t := range thresholds() {
		it := l[kind]
		if it.count < t.least {
			continue
		}
		count := fmt.Sprint(it.count)
		if it.count >= countable {
			count += " or more"
		}
		all = append(all, Finding{
			File: name, Place: it.first, Kind: PersonalData, Rule: t.rule, Count: it.count, Name: name + "#" + t.rule,
			Sentence: fmt.Sprintf("This file has %s different %s.", count, t.plural),
			Excerpt:  it.shown,
		})
	}
	return all
}

// maskMail shows of an address its first letter and the last part of its domain.
func maskMail(address string) string {
	return address[:1] + "•••@•••" + address[strings.LastIndexByte(address, '.'):]
}

// maskNumber shows the first two signs of a number: its country, or whose card it is.
func maskNumber(number string) string { return number[:2] + "•••" }
