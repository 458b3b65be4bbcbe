package generator_test

import (
	"flag"
	"os"
	"testing"

	"annex/generator/sample"
)

var (
	corpusDir    = flag.String("corpus", "", "folder with pages.jsonl and records.jsonl to make a workspace from")
	systemCount  = flag.Int("systems", -1, "how many AI systems TestSystemsWorkspace writes")
	workspaceDir = flag.String("workspace", "", "where TestCorpus writes the workspace of -corpus")
)

// TestCorpus makes a workspace from the corpus that annex and Hugo are compared
// on. It does so when asked:
//
//	go test ./generator -run TestCorpus -corpus DIR -workspace DIR
func TestCorpus(t *testing.T) {
	if *corpusDir == "" || *workspaceDir == "" {
		t.Skip("no -corpus and -workspace")
	}
	sample.Put(t, *workspaceDir, sample.ReadCorpus(t, os.DirFS(*corpusDir)).Files(t))
}
