package generator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"sync"

	"annex/generator/records"
	"annex/generator/secrets"
	"annex/generator/theme"
)

// scan looks for secrets and lists of people in what the pack is made of: the
// records that go along, the evidence, the files that documents show, and a theme
// of the workspace. Pages and exports have nothing that is not in one of these.
func (p *packing) scan(ctx context.Context, plan *Pack, list []records.File) error {
	scanner, err := secrets.New()
	if err != nil {
		return err
	}
	type job struct {
		name string
		open func() (io.ReadCloser, error)
		size int64
	}
	var jobs []job
	for _, f := range list {
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Content)), nil }
		jobs = append(jobs, job{recordsDir + "/" + f.Path, open, int64(len(f.Content))})
	}
	for _, f := range plan.Files {
		if f.Copy != nil {
			jobs = append(jobs, job{f.Path, f.Copy, f.Size})
		}
	}
	err = fs.WalkDir(p.workspace, theme.Dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f, err := p.copied(name)
		jobs = append(jobs, job{name, f.Copy, f.Size})
		return err
	})
	if err != nil {
		return err
	}
	reports := make([]secrets.Report, len(jobs))
	errs := make([]error, len(jobs))
	next := make(chan int)
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for i := range next {
				reports[i], errs[i] = scanner.Scan(ctx, jobs[i].name, jobs[i].open, jobs[i].size)
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	running.Wait()
	var all secrets.Report
	for i := range jobs {
		if errs[i] != nil {
			return errs[i]
		}
		all.Add(reports[i])
	}
	plan.Scan = all.Judge(slices.Concat(plan.Audience.Accept, p.wish.Accept))
	plan.Unread = all.Unread
	return nil
}
