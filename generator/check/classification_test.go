package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/readiness"
	"annex/generator/sample"
)

// byTheAct checks one AI system by the EU AI Act.
func byTheAct(t *testing.T, keys string) []Issue {
	t.Helper()
	files := sample.Files("\n-- annex.toml --\nframeworks = [\"mini\", \"eu-ai-act\"]\n[organization]\nname = \"Sample Ltd\"\n" +
		"-- systems/one/project.toml --\nkind = \"system\"\nid = \"one\"\ntitle = \"One\"\nowner = \"lead\"\n" + keys + "\n")
	w, diags, err := load.Load(files, frameworks.Files())
	if err != nil || diag.Count(diags).Errors > 0 {
		t.Fatal(err, diags)
	}
	return Run(readiness.Assess(w, w.Organizations()[0], sample.Day()))
}

// classified returns the codes about the classification of a system, with the
// ground that a contradiction is about.
func classified(issues []Issue) string {
	var list []string
	for _, i := range issues {
		switch i.Code {
		case diag.ClassAgainstGround:
			_, ground, _ := strings.Cut(i.Message, "its ground eu-ai-act:")
			ground, _, _ = strings.Cut(ground, ", ")
			list = append(list, string(i.Code)+" "+ground)
		case diag.GroundMissing, diag.ClassMissing, diag.ProhibitedPractice, diag.ManufacturerOnly:
			list = append(list, string(i.Code))
		}
	}
	slices.Sort(list)
	return strings.Join(list, "; ")
}

// TestAClassAndItsGrounds holds the classification to the law: a prohibition has
// no exception, Article 6(3) takes a system out of Annex III and nothing else,
// and Article 50 stands beside a class that it does not lead to.
func TestAClassAndItsGrounds(t *testing.T) {
	for _, c := range []struct{ class, grounds, want string }{
		{"high", "Annex III.4(a)", ""},
		{"high", "Annex III.4(a) Art.50(1)", ""},
		{"high", "Annex I", ""},
		{"high", "", "AX1002"},
		{"high", "Art.50(1)", "AX1002"},
		{"high", "Art.50(1) Chapter V", "AX1002"},
		{"high", "Art.6(3)", "AX1001 Art.6(3)"},
		{"high", "Annex III.4(a) Art.6(3)", "AX1001 Art.6(3)"},
		{"high", "Annex III.4(a) Art.5(1)(f)", "AX1001 Art.5(1)(f)"},
		{"limited", "Art.50(1)", ""},
		{"limited", "Chapter V", "AX1002"},
		{"limited", "Annex III.5(a)", "AX1001 Annex III.5(a)"},
		{"limited", "Annex III.5(a) Art.6(3)", ""},
		{"limited", "Annex III.5(a) Art.50(1)", "AX1001 Annex III.5(a)"},
		{"limited", "Annex III.5(a) Art.6(3) Art.50(1)", ""},
		{"limited", "Annex I Art.6(3)", "AX1001 Annex I"},
		{"limited", "Art.5(1)(f) Art.6(3)", "AX1001 Art.5(1)(f)"},
		{"minimal", "", ""},
		{"minimal", "Art.50(1)", "AX1001 Art.50(1)"},
		{"minimal", "Art.6(2) Art.6(3)", ""},
		{"prohibited", "Art.5(1)(f)", "AX1009"},
		{"prohibited", "Art.5(1)(f) Annex III.4(a)", "AX1009"},
		{"prohibited", "Annex III.4(a)", "AX1001 Annex III.4(a); AX1009"},
		{"prohibited", "", "AX1002; AX1009"},
		{"", "", "AX1003"},
		{"", "Annex III.4(a)", "AX1003"},
		{"", "Art.5(1)(f)", "AX1001 Art.5(1)(f); AX1003"},
	} {
		t.Run(c.class+" on "+c.grounds, func(t *testing.T) {
			if got := classified(byTheAct(t, keys(c.class, c.grounds, "provider"))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// keys returns the keys of a system with a class, grounds apart by the names
// that they begin with, and a role.
func keys(class, grounds, role string) string {
	text := ""
	if role != "" {
		text += fmt.Sprintf("role = [%q]\n", role)
	}
	if class != "" {
		text += fmt.Sprintf("risk_class = %q\n", class)
	}
	if grounds == "" {
		return text
	}
	for _, name := range []string{"Art.", "Annex", "Chapter"} {
		grounds = strings.ReplaceAll(grounds, name, "|eu-ai-act:"+name)
	}
	var list []string
	for _, g := range strings.Split(grounds, "|")[1:] {
		list = append(list, fmt.Sprintf("%q", strings.TrimSpace(g)))
	}
	return text + "grounds = [" + strings.Join(list, ", ") + "]\n"
}

// TestHelpOnAClassMends holds what the help says to write.
func TestHelpOnAClassMends(t *testing.T) {
	for _, c := range []struct {
		class, grounds, role string
		code                 diag.Code
		want, not            string
	}{
		{"limited", "Annex III.5(a)", "provider", diag.ClassAgainstGround, "eu-ai-act:Art.6(3)", ""},
		{"limited", "Annex I", "provider", diag.ClassAgainstGround, "correct the class or the ground", "6(3)"},
		{"minimal", "Art.50(1)", "provider", diag.ClassAgainstGround, "correct the class or the ground", "6(3)"},
		{"high", "Annex III.4(a) Art.5(1)(f)", "provider", diag.ClassAgainstGround, `risk_class = "prohibited"`, "6(3)"},
		{"high", "Annex III.4(a) Art.6(3)", "provider", diag.ClassAgainstGround, "takes the system out of eu-ai-act:Annex III.4(a)", ""},
		{"high", "", "provider", diag.GroundMissing, "this class: eu-ai-act:Art.6(1), eu-ai-act:Art.6(2), eu-ai-act:Annex I, eu-ai-act:Annex III, or", "Art.50"},
		{"limited", "", "provider", diag.GroundMissing, "this class: eu-ai-act:Art.50(1), eu-ai-act:Art.50(2), eu-ai-act:Art.50(3), eu-ai-act:Art.50(4), or", "Art.6(3)"},
		{"high", "Art.50(1)", "provider", diag.GroundMissing, "eu-ai-act:Annex III", "grounds = [...]"},
		{"high", "Annex III.4(a)", "", diag.ClassMissing, "add role to", "risk_class"},
		{"", "", "provider", diag.ClassMissing, "add risk_class to", "role"},
		{"", "", "", diag.ClassMissing, "add role and risk_class to", ""},
	} {
		t.Run(c.class+" on "+c.grounds+" as "+c.role, func(t *testing.T) {
			issues := byTheAct(t, keys(c.class, c.grounds, c.role))
			i := slices.IndexFunc(issues, func(i Issue) bool { return i.Code == c.code })
			if i < 0 {
				t.Fatalf("%s was not found", c.code)
			}
			if help := issues[i].Help; !strings.Contains(help, c.want) || c.not != "" && strings.Contains(help, c.not) {
				t.Errorf("help is %q, want %q without %q", help, c.want, c.not)
			}
		})
	}
}

// TestAManufacturerIsAProviderOfProductsAlone holds Article 25(3).
func TestAManufacturerIsAProviderOfProductsAlone(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"a product of Annex I", keys("high", "Annex I", "product-manufacturer"), ""},
		{"a safety component", keys("high", "Art.6(1)", "product-manufacturer"), ""},
		{"a use of Annex III", keys("high", "Annex III.4(a)", "product-manufacturer"), "AX1011"},
		{"a use of Annex III in a product", keys("high", "Annex III.4(a) Annex I", "product-manufacturer"), ""},
		{"the provider as well", strings.Replace(keys("high", "Annex III.4(a)", "provider"), "[", "[\"product-manufacturer\", ", 1), ""},
		{"no ground", keys("high", "", "product-manufacturer"), "AX1002"},
		{"a lighter class", keys("limited", "Art.50(1)", "product-manufacturer"), ""},
		{"another role", keys("high", "Annex III.4(a)", "deployer"), ""},
	} {
		if got := classified(byTheAct(t, c.keys)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestALawWithoutGroundsAsksForNone holds that a class needs no ground where the
// law in use knows none for it.
func TestALawWithoutGroundsAsksForNone(t *testing.T) {
	none := strings.Replace(strings.Replace(law, "classes = [\"high\"]\n", "", 1), "grounds = [\"law:Annex\"]\n", "", 1)
	for _, c := range []struct{ name, text, want string }{
		{"no grounds", none, ""},
		{"a ground that is not named", strings.Replace(law, "grounds = [\"law:Annex\"]\n", "", 1), "AX1002"},
		{"and named", law, ""},
	} {
		if got := classified(run(t, c.text)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
