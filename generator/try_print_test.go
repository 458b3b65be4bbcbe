package generator_test

import ("testing";"context";"os";"path/filepath";"fmt";"time";"strings"
"annex/generator";"annex/generator/aims")

func TestTryPrint(t *testing.T) {
	os.MkdirAll("/tmp/h-pdf-out", 0o755)
	pages := []string{"index.html","soa/iso-42001.html","soa/iso-27001.html","soa/iso-27701.html"}
	docs, _ := filepath.Glob("/tmp/h-pdf-site/documents/*.html")
	for _, d := range docs { pages = append(pages, "documents/"+filepath.Base(d)) }
	if p := os.Getenv("PAGES"); p != "" { pages = strings.Split(p, ",") }
	paper := generator.A4
	if os.Getenv("LETTER") != "" { paper = generator.Letter }
	day, err := aims.ParseDate("2026-11-24")
	if err != nil { t.Fatal(err) }
	t0 := time.Now(); last := t0
	_, err = generator.Print(context.Background(), generator.Options{Dir: "../content/example", AsOf: day}, pages, paper, func(p generator.Printed) error {
		fmt.Println(p.Path, p.Name, p.Title, len(p.Content), time.Since(last).Milliseconds(), p.Refused); last = time.Now()
		return os.WriteFile("/tmp/h-pdf-out/"+p.Name, p.Content, 0o600)
	})
	if err != nil { t.Fatal(err) }
	fmt.Println(len(pages), time.Since(t0))
}
