package pack

import (
	"crypto/sha256"
	"errors"
	"io"
)

// timesPacked is how many times its packed size a file that guards the others may
// have. annex stores those files as they are. Another program that packs a pack
// anew makes them smaller, but no more than to a third: half of them are sums,
// which do not shrink. More is made to fill memory.
const timesPacked = 10

var errGuardLong = errors.New("is longer than in any pack, and was not read")

// guardLimit is how many bytes of a file that guards the others are read.
func guardLimit(f *found, most int64) int64 {
	if f.method == store {
		return most
	}
	return min(most, timesPacked*f.packed+64<<10)
}

// guard sums up a file that guards the others. What it holds is read only if the
// guard has no error.
func (v *verifier) guard(f *found, most int64) (guard, error) {
	o, err := v.open.open(f, 0)
	g := guard{found: true, intact: o.crc == f.crc && o.err == nil, sum: o.sum}
	if err == nil && o.size > guardLimit(f, most) {
		g.err = errGuardLong
		v.report.say(Limit, f.name, "%s", g.err)
	}
	return g, err
}

// guards reads manifest.json, MANIFEST.sha256 and the signatures.
func (v *verifier) guards() (truth, error) {
	var m Manifest
	var text []byte
	var manifest, list guard
	var err error
	if f := v.named(ManifestName); f != nil {
		if manifest, err = v.guard(f, largestManifest); err != nil {
			return truth{}, err
		}
		if manifest.err == nil {
			m, manifest.err = ReadManifest(v.open.reader(f, guardLimit(f, largestManifest)))
		}
	}
	if f := v.named(SumsName); f != nil {
		if list, err = v.guard(f, largestSums); err != nil {
			return truth{}, err
		}
		if list.err == nil {
			if text, err = io.ReadAll(v.open.reader(f, guardLimit(f, largestSums))); err != nil {
				list.err = errDamaged
			}
		}
		// A part of the file must never pass for the whole, or its signature would.
		if list.err == nil && sha256.Sum256(text) == list.sum {
			v.report.Sums, v.report.Digest = text, list.sum.String()
		}
	}
	v.signatures()
	return v.report.agree(m, manifest, list, text), nil
}

// signatures reads the signatures, one of a name.
func (v *verifier) signatures() {
	read := map[string]bool{}
	for i := range v.found {
		f := &v.found[i]
		if f.beside || !signs(f.name) || read[f.name] || !v.readable(f) {
			continue
		}
		read[f.name] = true
		data, err := io.ReadAll(v.open.reader(f, largestSignature+1))
		if err == nil && len(data) <= largestSignature {
			v.report.Signatures = append(v.report.Signatures, Signature{f.name, data})
		}
	}
}
