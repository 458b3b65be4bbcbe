package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"annex/frameworks"
	"annex/generator/framework"
	"annex/generator/load"
)

// A build keeps all texts as compiled HTML until its pages are written, every
// record with its places, and every requirement with what stands beside it in
// the matrices. Go's collector would run dozens of times on the way there and
// still let the heap grow to twice its size. A limit in proportion to what goes
// in costs less of both. The weights are bytes of memory for a byte of input,
// measured on 1,000 and 10,000 documents (0.25 in place of 0.34 of Hugo's
// memory, and less time) and on 20 and 200 AI systems under five frameworks,
// whose records are many and small.
const (
	memoryBase    = 18 << 20
	memoryLeast   = 20 << 20
	textWeight    = 4.3
	recordWeight  = 17
	catalogWeight = 30
)

// limitMemory has the collector run when memory nears what a workspace needs,
// and not before. Limits that the user set with GOGC or GOMEMLIMIT stay. It
// returns only in that case.
func limitMemory(dir string) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	weight := map[string]float64{".md": textWeight, ".toml": recordWeight}
	need := memoryBase + catalogWeight*catalogSize(dir)
	// What cannot be read here is reported when the workspace is read.
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || weight[filepath.Ext(name)] == 0 {
			return nil
		}
		if info, err := d.Info(); err == nil {
			need += weight[filepath.Ext(name)] * float64(info.Size())
		}
		return nil
	})
	limit := max(int64(need), memoryLeast)
	debug.SetMemoryLimit(limit)
	debug.SetGCPercent(-1)
	raise(limit)
}

// raise corrects a limit that was guessed too low, for as long as the program
// runs: where the collector comes more than a few times in a moment it is given
// an eighth more. A wrong guess then costs a little memory, and not minutes.
func raise(limit int64) {
	const moment, few = 25 * time.Millisecond, 4
	cycles := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(cycles)
	for last := cycles[0].Value.Uint64(); ; last = cycles[0].Value.Uint64() {
		time.Sleep(moment)
		metrics.Read(cycles)
		if cycles[0].Value.Uint64()-last > few {
			limit += limit / 8
			debug.SetMemoryLimit(limit)
		}
	}
}

// catalogSize adds up the built-in catalogs that the configuration seems to
// name. A wrong guess costs memory or time, and nothing else.
func catalogSize(dir string) float64 {
	config, _ := os.ReadFile(filepath.Join(dir, load.ConfigFile))
	ids, _ := framework.BuiltIn(frameworks.Files())
	size := 0.0
	for _, id := range ids {
		if info, err := fs.Stat(frameworks.Files(), id+".toml"); err == nil && bytes.Contains(config, []byte(`"`+id+`"`)) {
			size += float64(info.Size())
		}
	}
	return size
}
