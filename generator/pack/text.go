package pack

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What manifest.json may say of one file, so that no line of it takes much memory.
const (
	mostIDs   = 1000 // controls, and as many records of evidence
	longestID = 200  // bytes
)

// wrongText says why a text cannot stand in manifest.json, as the rest of a
// sentence, or nothing. JSON has no bytes that are not UTF-8, so that reading would
// not give back what was written. With a line break in it, a text could forge a
// line of what is shown of the pack.
func wrongText(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "is not UTF-8"
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) }):
		return "has a line break or another control character"
	}
	return ""
}

// wrong says which text of the head cannot stand in manifest.json and why, as a
// sentence without its end, or nothing.
func (h Head) wrong() string {
	why := ""
	check := func(field, text string) {
		if w := wrongText(text); w != "" && why == "" {
			why = fmt.Sprintf("%s %.200q %s", field, text, w)
		}
	}
	check("the name of the tool", h.Tool)
	check("the version of the tool", h.ToolVersion)
	check("the name of the organization", h.Organization)
	check("the as-of date", h.AsOf)
	check("the id of the audience", h.Audience.ID)
	check("the title of the audience", h.Audience.Title)
	check("the ceiling of the audience", h.Audience.Ceiling)
	for _, c := range h.Catalogs {
		check("the id of a catalog", c.ID)
		check("the edition of a catalog", c.Edition)
		check("the version of a catalog", c.Version)
	}
	check("the seed of the sample", h.Seed)
	check("the digest of the pack before", h.Before)
	for _, c := range h.Withheld {
		check("the name of what is withheld", c.What)
	}
	for _, s := range h.Signatures {
		check("the key of a signature", s.Key)
	}
	return why
}

// wrong says what of a record, other than its path, cannot stand in manifest.json
// and why, as the rest of a sentence about the file, or nothing.
func (r *Record) wrong() string {
	for _, text := range []string{string(r.Class), r.Classification} {
		if why := wrongText(text); why != "" {
			return fmt.Sprintf("has the class or classification %.200q, which %s", text, why)
		}
	}
	if len(r.Class)+len(r.Classification) > 100 {
		return "has a class and a classification of more than 100 bytes"
	}
	for _, list := range [][]string{r.Controls, r.Evidence} {
		if len(list) > mostIDs {
			return fmt.Sprintf("serves %d controls or records of evidence, and the most is %d", len(list), mostIDs)
		}
		for _, id := range list {
			switch why := wrongText(id); {
			case why != "":
				return fmt.Sprintf("serves %.200q, which %s", id, why)
			case id == "" || len(id) > longestID:
				return fmt.Sprintf("serves %.200q, and an id has 1 to %d bytes", id, longestID)
			}
		}
	}
	return ""
}

// checkHead tells whether the head can stand in manifest.json.
func checkHead(o Options) error {
	h := o.Head.whole()
	for _, k := range o.Keys {
		h.Signatures = append(h.Signatures, SignedBy{Key: k.Name})
	}
	if why := h.wrong(); why != "" {
		return fmt.Errorf("manifest.json cannot say everything of the pack: %s; change it and run the command again", why)
	}
	text, err := (&Manifest{Head: h}).head()
	if err == nil && len(text) > longestHead/2 {
		err = fmt.Errorf("what manifest.json says of the pack as a whole has %s, and the most is %s; a name, a title or the seed is far too long", bytesInWords(int64(len(text))), bytesInWords(longestHead/2))
	}
	return err
}
