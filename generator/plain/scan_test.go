package plain

import (
	"bytes"
	"strings"
	"testing"
)

// slowly finds what Scan finds, word by word and without a filter.
func slowly(l *Lexicon, text []byte) []Match {
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	var found []Match
	for i := 0; i < len(text); i++ {
		if !isLetter(text[i]) {
			continue
		}
		start := i
		for i < len(text) && isLetter(text[i]) {
			i++
		}
		if m, ok := l.match(text, start, i); ok {
			found = append(found, m)
		}
	}
	return found
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"as\n> needed", "\"as needed\" 'robust'", "é appropriate — „etc“", "&nbsp;needed as", strings.Repeat("a", 63) + " robust", "state-of-the-art",
		"Tested regularly, every 6 months.", "\xffrobust\xff", "| timely | 24 h |", "\u00a0etc", strings.Repeat("robust ", 40), "as&nbsp;&nbsp;needed",
	} {
		f.Add([]byte(s), 0, 1000)
	}
	l := New()
	f.Fuzz(func(t *testing.T, text []byte, from, to int) {
		found, want := l.Scan(text), slowly(l, text)
		if len(found) != len(want) {
			t.Fatalf("%q: %d matches, want %d", text, len(found), len(want))
		}
		from = min(max(from, 0), len(text))
		to = min(max(to, from), len(text))
		for i, m := range found {
			if m != want[i] {
				t.Errorf("%q: %+v, want %+v", text, m, want[i])
			}
			first, _, _ := strings.Cut(strings.ReplaceAll(m.Form(), "-", " "), " ")
			if m.Start < 0 || m.End > len(text) || !bytes.EqualFold(text[m.Start:m.Start+len(first)], []byte(first)) {
				t.Errorf("%q: %+v does not begin with its form", text, m)
			}
			m.Stands(text, from, to)
			m.Stands(text, 0, len(text))
		}
	})
}

// BenchmarkScan goes over a text of policies with a hit in every fifth sentence
// or in none.
func BenchmarkScan(b *testing.B) {
	const dull = "The data steward reviews the **impact assessment** before each release, as set out in [another text](../s001/p00052.md), and " +
		"the internal audit function verifies training data provenance at least once every quarter.\n\n- Kept in `R-0421`, for ten years.\n"
	const vague = "Access permissions are reviewed periodically, and corrected as needed.\n"
	for name, text := range map[string]string{
		"hits": strings.Repeat(dull+dull+vague, 200), "none": strings.Repeat(dull, 400),
		"unicode": strings.Repeat("Die Prüfung erfolgt jährlich – „vor jeder Änderung“. Проверка проводится ежегодно.\n", 400),
	} {
		b.Run(name, func(b *testing.B) {
			l, source := New(), []byte(text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				l.Scan(source)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/byte")
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New()
	}
}
