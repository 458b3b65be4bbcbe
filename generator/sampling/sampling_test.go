package sampling_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"annex/generator/sampling"
)

func keys(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("control:c-%d", i))
	}
	return list
}

// TestASampleIsTheRuleOfTheShell does by sha256sum and sort what Draw does.
func TestASampleIsTheRuleOfTheShell(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("there is no sha256sum on the PATH")
	}
	all := keys(20)
	script := ""
	for i, key := range all {
		script += fmt.Sprintf("printf '%%s\\n%%s' 'it is 50 %% ä' '%s' | sha256sum | sed 's/-/%d/'\n", key, i)
	}
	out, err := exec.Command("sh", "-c", "{\n"+script+"} | LC_ALL=C sort | head -n 5").Output()
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, x := range sampling.Draw("it is 50 % ä", all, 5) {
		fmt.Fprintf(&want, "%x  %d\n", x.Digest, x.Index)
	}
	if string(out) != want.String() {
		t.Errorf("the shell draws\n%s, Draw\n%s", out, want.String())
	}
}

// TestTheBrowserDrawsTheSame runs the script of the page.
func TestTheBrowserDrawsTheSame(t *testing.T) {
	if _, err := os.Stat("../../themes/node_modules/@noble/hashes"); err != nil {
		t.Skip("the library of the script is not there; run: go generate ./themes")
	}
	all := keys(200)
	for _, seed := range []string{"", "ostermark 2026-11-24", "größer ≥ 😀", " spaces \t", `"\n"`} {
		input, err := json.Marshal(map[string]any{"seed": seed, "keys": all})
		if err != nil {
			t.Fatal(err)
		}
		run := exec.Command("node", "--input-type=module", "-e", `
			import { draw } from "./src/draw.js";
			import { readFileSync } from "node:fs";
			const { seed, keys } = JSON.parse(readFileSync(0, "utf8"));
			console.log(JSON.stringify(draw(seed, keys, 15)));`)
		run.Dir, run.Stdin = "../../themes", strings.NewReader(string(input))
		out, err := run.Output()
		if err != nil {
			t.Fatal(err)
		}
		var want [][2]any
		for _, x := range sampling.Draw(seed, all, 15) {
			want = append(want, [2]any{x.Index, fmt.Sprintf("%x", x.Digest)})
		}
		told, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(string(out)) != string(told) {
			t.Errorf("seed %q: the browser draws %s, Draw %s", seed, out, told)
		}
	}
}

func TestTheSizeOfASample(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 2: 2, 3: 3, 7: 3, 9: 3, 10: 4, 98: 10, 100: 10, 101: 11, 10000: 100} {
		if got := sampling.Size(n); got != want {
			t.Errorf("of %d items %d are drawn, want %d", n, got, want)
		}
	}
}

// TestALargerSampleHoldsTheSmaller holds that somebody who wants more goes on with
// what was drawn, and that order of the list and further items change nothing else.
func TestALargerSampleHoldsTheSmaller(t *testing.T) {
	all := keys(50)
	turned := slices.Clone(all)
	slices.Reverse(turned)
	small, large, other := sampling.Draw("s", all, 5), sampling.Draw("s", all, 20), sampling.Draw("s", turned, 5)
	for i, x := range small {
		if large[i] != x || turned[other[i].Index] != all[x.Index] {
			t.Errorf("item %d: %v, %v, %v", i, x, large[i], other[i])
		}
	}
	if next := sampling.Draw("t", all, 5); next[0] == small[0] && next[1] == small[1] {
		t.Error("another seed draws the same")
	}
	if got := sampling.Draw("s", all, 99); len(got) != 50 || len(sampling.Draw("s", all, -1)) != 0 {
		t.Errorf("%d of 50", len(got))
	}
}
