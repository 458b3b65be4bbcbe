package pack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestAReportSaysItInASentenceAndAsData(t *testing.T) {
	whole := verified(t, packed(t, small()))
	if got := whole.Sentence(); !strings.HasPrefix(got, "The pack is whole: its 8 files (3 KB) are byte for byte") {
		t.Errorf("it says %s", got)
	}
	a := take(t, packed(t, small()))
	a.put("more.txt", nil)
	one := verified(t, a.bytes())
	if got := one.Sentence(); got != "The pack is not as it was written. 1 thing is wrong." {
		t.Errorf("it says %s", got)
	}
	b, err := json.Marshal(&one)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Sentence, Digest string
		Whole            bool
		Findings         []Finding
	}
	if err := json.Unmarshal(b, &read); err != nil || read.Whole || read.Sentence != one.Sentence() || read.Digest != one.Digest || len(read.Digest) != 64 ||
		fmt.Sprint(read.Findings) != "[{added more.txt  was added: the manifest does not have it}]" {
		t.Errorf("%v: %s", err, b)
	}
}

func TestAReportListsAThousandFindings(t *testing.T) {
	a := take(t, packed(t, small()))
	for i := range mostFindings + 5 {
		a.put(fmt.Sprint(i), nil)
	}
	r := verified(t, a.bytes())
	if len(r.Findings) != mostFindings || r.Omitted != 5 || !strings.HasSuffix(r.Sentence(), "1005 things are wrong.") {
		t.Errorf("%d are listed and %d are not: %s", len(r.Findings), r.Omitted, r.Sentence())
	}
}

// TestWhatHappenedToFilesIsToldFirst buries a change under more remarks on the
// layout than a report lists.
func TestWhatHappenedToFilesIsToldFirst(t *testing.T) {
	var r Report
	for i := range mostFindings + 5 {
		r.say(Layout, fmt.Sprint(i), "has a comment")
	}
	r.say(Unsafe, "b", "is a link")
	r.say(Changed, "a", "was changed")
	r.finish()
	if r.Whole || len(r.Findings) != mostFindings || r.Omitted != 7 || r.Findings[0].File != "a" || r.Findings[1].File != "b" || r.Findings[2].File != "0" {
		t.Errorf("%d findings, %d omitted, first %+v", len(r.Findings), r.Omitted, r.Findings[:3])
	}
}
