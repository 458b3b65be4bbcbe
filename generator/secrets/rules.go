package secrets

import (
	"fmt"
	"slices"
	"strings"

	ahocorasick "github.com/BobuSumisu/aho-corasick"
	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
)

// rules are all rules for secrets, ready to be run.
type rules struct {
	list     []rule
	names    []config.Rule       // that look at the name of a file only
	general  []*config.Allowlist // exceptions from every rule
	keywords *ahocorasick.Trie
	by       [][]int // for each keyword the rules that it wakes
	always   []int   // rules without a keyword
}

// rule is one expression of gitleaks or of our own.
type rule struct {
	config.Rule
	form
	sound func(secret string) bool // a condition that no expression can tell; nil for none
}

// read reads the rules of gitleaks by its own means and adds those of our own. The
// reader of gitleaks takes its form from viper; a viper of our own keeps the global
// one as it is.
func read() (*rules, error) {
	v := viper.New()
	v.SetConfigType("toml")
	if err := v.ReadConfig(strings.NewReader(config.DefaultConfig)); err != nil {
		return nil, err
	}
	var f config.ViperConfig
	if err := v.Unmarshal(&f); err != nil {
		return nil, err
	}
	c, err := f.Translate()
	if err != nil {
		return nil, err
	}
	r := &rules{general: c.Allowlists}
	for _, id := range c.OrderedRules { // not the map, whose order changes
		one := c.Rules[id]
		if one.Regex == nil {
			r.names = append(r.names, one)
			continue
		}
		r.list = append(r.list, rule{Rule: one})
	}
	r.list = append(r.list, own()...)
	return r, r.prepare()
}

// prepare makes the search for keywords and what each rule can be tried by first.
func (r *rules) prepare() error {
	number := map[string]int{}
	var words []string
	for i := range r.list {
		one := &r.list[i]
		var err error
		if one.form, err = shape(one.Regex.String(), one.Keywords); err != nil {
			return fmt.Errorf("rule %s: %w", one.RuleID, err)
		}
		if len(one.Keywords) == 0 {
			r.always = append(r.always, i)
		}
		for _, word := range one.Keywords {
			word = strings.ToLower(word)
			n, ok := number[word]
			if !ok {
				n = len(words)
				number[word] = n
				words = append(words, word)
				r.by = append(r.by, nil)
			}
			if !slices.Contains(r.by[n], i) {
				r.by[n] = append(r.by[n], i)
			}
		}
	}
	r.keywords = ahocorasick.NewTrieBuilder().AddStrings(words).Build()
	return nil
}
