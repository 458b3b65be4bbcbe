// Package secrets looks through files, before they are handed to somebody, for
// secrets (keys, tokens, passwords, private keys, connection strings) and for
// personal data in bulk (lists of mail addresses, phone numbers, IBANs, card
// numbers, national ids). In go the bytes of a file, out comes what was found in
// it and what could not be looked into:
//
//	s, err := secrets.New()
//	report, err := s.Scan(ctx, "organization/evidence/users.csv", open, size)
//	judged := report.Judge([]string{"organization/evidence/users.csv#mail-list"})
//	for _, f := range judged.Open {
//		fmt.Println(f.File, f.Place, f.Sentence, f.Excerpt, f.Name)
//	}
//
// prints, for each finding that nobody has accepted,
//
//	organization/evidence/app.env line 3 This looks like a private key. ----••• (1704 characters) organization/evidence/app.env#private-key-3f9c
//
// The package opens nothing itself and asks nobody whether a key works.
//
// # Where the rules come from
//
// The expressions for secrets are those of gitleaks 8 (MIT): its package config
// carries them, reads them, and knows their exceptions. They are run here by an
// engine of our own. The detector of gitleaks adds 6.3 MB to annex, the rules alone
// 1.6 MB, and it reads 3 MB a second, as it runs an expression over all of a text in
// which its keyword stands. Here it is run only where the keyword stands, and is
// first tried at that place alone. That finds the same at 35 to 95 MB a second. The
// detectors of osv-scalibr (veles) were tried too: 0.3 MB a second, 376 wrong
// findings in the exports of the example, 91 kinds of keys and no passwords.
// DefangLabs/secret-detector knows 20 kinds. Trufflehog is AGPL. Betterleaks, by
// the authors of gitleaks, titus, and the libraries for personal data that are kept
// (embargo, incognigo, llmflow/pii) could not be had from the module proxy. Rules of
// our own stand only where gitleaks has none: passwords in addresses, in connection
// strings, and those that people make up; private keys of minisign, PuTTY, JWK and
// kubeconfig, in base64, in DER, and those whose end is cut off.
//
// Numbers of personal data are few exact rules with their check digits; see
// thresholds for what makes a list. A library for phone numbers would have cost
// 4.1 MB.
//
// # What to scan
//
// The pages and exports of a pack are made from its records, documents and
// evidence, so a scan of these covers them: what is in none of these is in no page.
//
// # What is not looked into
//
// A report without findings is no proof that there is no secret. Listed as unread,
// with the reason, are
//
//   - PDFs (what is packed or drawn in them), files of Office before 2007, pictures,
//     films (of a picture only the position in its metadata is read);
//   - files in archives that are locked with a password, and office files that are;
//   - archives that are no zip, gzip or tar: bzip2, xz, 7z, rar, zstd;
//   - archives that are broken, too large, or too deep in others (see limits), and
//     what stands behind the end of a tar;
//   - all other files of bytes, such as databases and programs, and stores of keys
//     that their name does not tell (.p12 and .pfx are findings);
//   - parts of a text that are no text, and texts made to keep a rule busy.
//
// Passed in silence are
//
//   - what a text holds in another form: base64 (attachments of mails, data: links,
//     pictures in HTML) apart from private keys in PEM, quoted-printable, hexadecimal,
//     packed, encrypted, in escapes such as \u0041 or %41;
//   - passwords without a word like "password:" before them: in a column of a table
//     or the cells of a sheet, on the next line, in prose; those of letters alone or
//     under 8 characters; words for password in other languages than English, German
//     and French;
//   - tokens of services that gitleaks has no rule for, if no word like key or token
//     stands before them, and those that are spread over lines or cells;
//   - secrets of more than 16 KiB, beyond their first part; bytes before the first
//     file of a zip and behind its last;
//   - personal data other than the lists: names, addresses, dates of birth, health
//     data in prose; lists that are shorter than thresholds says;
//   - attributes of elements in office files, apart from links, and in HTML and XML
//     what stands in several elements, as in colored code;
//   - the names of files, apart from those of stores of keys.
package secrets

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"
)

// Scanner holds the rules, read once. Several goroutines may use it at once.
type Scanner struct {
	rules   *rules
	limits  limits
	windows sync.Pool // of *window
}

// limits bound the work that one file can ask for.
type limits struct {
	unpacked  int64 // bytes out of all archives in one file together
	held      int64 // bytes of an archive that must be held in memory: one in another, or one that cannot be read at any place
	entries   int   // files in all archives in one file together
	directory int64 // bytes of the list of contents of an archive
	depth     int   // archives in archives: 1 is a file in an archive
	window    int   // bytes of a text that are looked at together, more than twice overlap
	picture   int64 // bytes of a picture that is held in memory to read its metadata
}

func usual() limits {
	return limits{unpacked: 1 << 30, held: 32 << 20, entries: 20_000, directory: 4 << 20, depth: 3, window: width, picture: 16 << 20}
}

// New reads the rules. It fails only if those of the library cannot be read.
func New() (*Scanner, error) {
	r, err := read()
	if err != nil {
		return nil, fmt.Errorf("reading the rules for secrets: %w", err)
	}
	s := &Scanner{rules: r, limits: usual()}
	s.windows.New = func() any { return new(window) }
	return s, nil
}

// Scan looks into the file that open opens. Name is its path in the pack and size
// its length in bytes. If what open returns is an io.ReaderAt too, archives of any
// size can be looked into, otherwise those up to 32 MiB. The error says that the file
// could not be read or that ctx ended; a file that is broken or hostile is no
// error but is listed as unread.
func (s *Scanner) Scan(ctx context.Context, name string, open func() (io.ReadCloser, error), size int64) (Report, error) {
	in, err := open()
	if err != nil {
		return Report{}, fmt.Errorf("opening %s to look for secrets: %w", name, err)
	}
	j := &job{ctx: ctx, scanner: s, left: s.limits, spent: make([]int64, len(s.rules.list))}
	f := &file{job: j, name: name}
	err = errors.Join(f.look(in, size), in.Close())
	if err != nil {
		return Report{}, fmt.Errorf("looking for secrets in %s: %w", name, err)
	}
	return j.report.sorted(), nil
}

// job is the scan of one file with all that is in it.
type job struct {
	ctx     context.Context
	scanner *Scanner
	left    limits  // what may still be used up
	spent   []int64 // by rule: bytes that it looked at, and found nothing
	seen    int64   // bytes of text
	report  Report
}

// file is what findings are counted in: a file, or one in an archive. The parts of
// an office file are one.
type file struct {
	job    *job
	name   string // with the names of the archives around it
	depth  int    // archives around it
	found  findings
	gaveUp bool // a part of it was made to keep us busy
	lists  lists
}

// headSize is how many bytes of a file are looked at to find out what it is.
const headSize = 4096

// look finds out what the bytes are and reads them as that.
func (f *file) look(in io.Reader, size int64) error {
	f.byName()
	head := make([]byte, headSize)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	s := &stream{head: head[:n], rest: in, size: size}
	if err := f.der(s); err != nil {
		return err
	}
	err = nil // a short file ends there
	switch kind := recognize(head[:n]); kind {
	case kindZip:
		err = f.archive(s)
	case kindGzip:
		err = f.gzip(s)
	case kindTar:
		err = f.tar(s)
	case kindPicture:
		err = f.picture(s)
	case kindText:
		err = f.text(s, false)
	default:
		err = f.other(s, kind)
	}
	f.close()
	return err
}

// other tells why a file is not looked into. If it is mostly text for all that, it
// is looked through as one.
func (f *file) other(s *stream, k kind) error {
	why := k.why()
	if may := f.mayBeKey(s.head); may != "" && k == kindBinary {
		why = may
	}
	f.unread(why)
	if k == kindBinary || !plain(s.head) {
		return nil
	}
	return f.text(s, true)
}

// byName finds files that their name alone tells of, such as stores of keys.
func (f *file) byName() {
	for _, r := range f.job.scanner.rules.names {
		if r.Path.MatchString(f.name) {
			f.found.add(match{rule: r.RuleID, secret: path.Base(f.name), shown: path.Base(f.name)})
		}
	}
}

// close moves what was found to the report.
func (f *file) close() {
	f.job.report.Findings = append(f.job.report.Findings, f.found.of(f.name)...)
	f.job.report.Findings = append(f.job.report.Findings, f.lists.of(f.name)...)
}

func (f *file) unread(why string) {
	f.job.report.Unread = append(f.job.report.Unread, Unread{File: f.name, Why: why})
}

// extension returns the ending of the file's name in lower case, with its dot.
func (f *file) extension() string { return strings.ToLower(path.Ext(f.name)) }
