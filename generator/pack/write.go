package pack

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
)

// Write writes a pack of the files, in their order, and of the files that guard
// them. It needs the memory of a few small files, however large the pack. After
// an error what was written is of no use.
func Write(ctx context.Context, w io.Writer, files []File, o Options) (Manifest, error) {
	if err := Check(files, o); err != nil {
		return Manifest{}, err
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	day, err := day(o.Head.AsOf)
	if err != nil {
		return Manifest{}, err
	}
	head := o.Head.whole()
	if head.Signatures, err = signatures(o); err != nil {
		return Manifest{}, err
	}
	a := &archive{out: w, day: day}
	records, err := a.files(ctx, files, o.Workers)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: format, Version: formatVersion, Head: head, Counts: count(records), Files: records}
	if err := a.guards(&m, o.Signers); err != nil {
		return Manifest{}, err
	}
	return m, a.finish()
}

// files writes the files and returns what the manifest says of each. Several are
// packed at once, and written in their order.
func (a *archive) files(ctx context.Context, files []File, workers int) ([]Record, error) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	packers := make(chan *packer, workers)
	for range workers {
		p, err := newPacker()
		if err != nil {
			return nil, err
		}
		packers <- p
	}
	own, err := newPacker()
	if err != nil {
		return nil, err
	}
	queue := make(chan chan prepared, 2*workers)
	running.Go(func() {
		defer close(queue)
		for _, f := range files {
			var p *packer
			select {
			case p = <-packers:
			case <-ctx.Done():
				return
			}
			ready := make(chan prepared, 1)
			running.Go(func() {
				ready <- p.prepare(f)
				packers <- p
			})
			select {
			case queue <- ready:
			case <-ctx.Done():
				return
			}
		}
	})
	records := make([]Record, 0, len(files))
	for ready := range queue {
		r := <-ready
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		if r.err != nil {
			return nil, r.err
		}
		write := func() error { return a.whole(r.entry, r.data) }
		if r.large {
			write = func() error { return a.file(ctx, own, &r) }
		}
		if err := write(); err != nil {
			return nil, err
		}
		records = append(records, r.record)
	}
	return records, context.Cause(ctx)
}

// guards writes the manifest, the sums and the signatures.
func (a *archive) guards(m *Manifest, signers []Signer) error {
	sum, err := a.plain(ManifestName, largestManifest, m.write)
	if err != nil {
		return err
	}
	text := sums(m.Files, sum)
	if m.Digest, err = a.plain(SumsName, largestSums, bytesOf(text)); err != nil {
		return err
	}
	for i, sign := range signers {
		name, signature, err := sign(slices.Clone(text))
		switch {
		case err != nil:
			return fmt.Errorf("signing the pack: %w", err)
		case name != m.Signatures[i].File:
			return fmt.Errorf("signing the pack: the signature is called %q, and its key makes %s", name, m.Signatures[i].File)
		case len(signature) > largestSignature:
			return fmt.Errorf("signing the pack: the signature %s has %d bytes, which no signature has", name, len(signature))
		}
		if _, err := a.plain(name, largestSignature, bytesOf(signature)); err != nil {
			return err
		}
	}
	return nil
}

// signatures says which signatures the pack will have.
func signatures(o Options) ([]SignedBy, error) {
	if len(o.Keys) != len(o.Signers) {
		return nil, fmt.Errorf("signing the pack: there are %d keys and %d that sign, and each key needs one", len(o.Keys), len(o.Signers))
	}
	list := []SignedBy{}
	for _, k := range o.Keys {
		s := SignedBy{File: SumsName + ".sig", Form: "SSH", Key: k.Name}
		if k.Minisign {
			s.File, s.Form = SumsName+".minisig", "minisign"
		}
		if slices.ContainsFunc(list, func(other SignedBy) bool { return other.File == s.File }) {
			return nil, fmt.Errorf("signing the pack: two keys would make %s; sign with one key of minisign and one of SSH at most", s.File)
		}
		list = append(list, s)
	}
	return list, nil
}

// sayUnsigned reports signatures that the pack had and that are not there.
func (r *Report) sayUnsigned(there func(name string) bool) {
	for _, s := range r.Head.Signatures {
		if !there(s.File) {
			r.say(Removed, s.File, "is missing: the pack was signed with the %s key %s when it was made, and somebody took the signature away", s.Form, s.Key)
		}
	}
}

func bytesOf(text []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}

// signs reports whether a path is one that a signature has: that of minisign, or
// of ssh-keygen -Y sign.
func signs(name string) bool {
	return name == SumsName+".minisig" || name == SumsName+".sig"
}

// isGuard reports whether a path is that of a file that guards the others.
func isGuard(name string) bool { return name == ManifestName || name == SumsName || signs(name) }
