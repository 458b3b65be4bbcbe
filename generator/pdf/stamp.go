package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// stamp replaces what in a PDF tells of the run: the times become the beginning of
// a day in UTC. It also says what the names Strong and Em of the structure mean,
// which the browser takes from PDF 2.0 and leaves unexplained in a file of 1.4, so
// that readers of the screen pass over emphasized words.
//
// The identifiers of the structure are counted anew: the browser leaves out more of
// them or fewer, as it was busy.
func stamp(content []byte, day time.Time) ([]byte, error) {
	if bytes.Contains(content, []byte("/URI ("+origin)) {
		return nil, errors.New("a link leads to the address that the page had while it was printed")
	}
	f, err := read(content)
	if err != nil {
		return nil, fmt.Errorf("reading what the browser wrote: %w", err)
	}
	at, end, err := f.object(f.trailer, "Info")
	if err != nil {
		return nil, err
	}
	renumber(f.content)
	info := f.content[at:end]
	for _, m := range regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:([0-9]{8})([^)]*)\)`).FindAllSubmatchIndex(info, -1) {
		copy(info[m[2]:m[3]], day.Format("20060102"))
		clock := info[m[4]:m[5]]
		for i, c := range clock {
			switch {
			case c >= '0' && c <= '9':
				clock[i] = '0'
			case c == '-':
				clock[i] = '+'
			}
		}
	}
	if at, end, err = f.object(f.trailer, "Root"); err != nil {
		return nil, err
	}
	if !bytes.Contains(f.content[at:end], []byte("/StructTreeRoot ")) {
		return f.content, nil // a page without a word
	}
	if at, end, err = f.object(f.content[at:end], "StructTreeRoot"); err != nil {
		return nil, err
	}
	if !bytes.Contains(f.content[at:end], []byte("/RoleMap")) {
		f.insert(at+len("<<"), "/RoleMap <</Strong /Span /Em /Span>>\n")
	}
	return f.content, nil
}

// renumber gives the identifiers of the structure, (node00000189), the numbers from
// 1 on in the order that they have, in which a table of the file lists them.
func renumber(content []byte) {
	places := regexp.MustCompile(`\(node[0-9]{8}\)`).FindAllIndex(content, -1)
	var names []string
	for _, p := range places {
		names = append(names, string(content[p[0]:p[1]]))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for _, p := range places {
		i, _ := slices.BinarySearch(names, string(content[p[0]:p[1]]))
		copy(content[p[0]:p[1]], fmt.Sprintf("(node%08d)", i+1))
	}
}

// file is a PDF as browsers write it: objects with numbers, one table of where
// they begin, and one trailer.
type file struct {
	content []byte
	table   int    // where the first line of the table begins
	count   int    // of its lines
	trailer []byte // part of content
}

// lineSize is the length of a line of the table: place, generation, kind.
const lineSize = len("0000000000 65535 f \n")

var errForm = errors.New("the PDF is not of the form that browsers write")

func read(content []byte) (*file, error) {
	f := &file{content: bytes.Clone(content)}
	end := bytes.LastIndex(f.content, []byte("\nstartxref\n"))
	if end < 0 {
		return nil, errForm
	}
	at := regexp.MustCompile(`^\nstartxref\n([0-9]{1,10})\n%%EOF\s*$`).FindSubmatch(f.content[end:])
	if at == nil {
		return nil, errForm
	}
	start, err := strconv.Atoi(string(at[1]))
	if err != nil || start > end {
		return nil, errForm
	}
	head := regexp.MustCompile(`^xref\n0 ([0-9]{1,8})\n`).FindSubmatch(f.content[start:end])
	if head == nil {
		return nil, errForm
	}
	f.table = start + len(head[0])
	if f.count, err = strconv.Atoi(string(head[1])); err != nil || f.table+f.count*lineSize > end {
		return nil, errForm
	}
	f.trailer = f.content[f.table+f.count*lineSize : end]
	if !bytes.HasPrefix(f.trailer, []byte("trailer\n")) {
		return nil, errForm
	}
	return f, nil
}

// object returns where in the content the object begins and ends that a dictionary
// refers to by a key: from its "<<" on. It has no stream.
func (f *file) object(dictionary []byte, key string) (at, end int, err error) {
	number := regexp.MustCompile(`/` + key + ` ([0-9]{1,8}) 0 R\b`).FindSubmatch(dictionary)
	if number == nil {
		return 0, 0, fmt.Errorf("%w: it has no %s", errForm, key)
	}
	n, err := strconv.Atoi(string(number[1]))
	if err != nil || n >= f.count {
		return 0, 0, errForm
	}
	at, err = strconv.Atoi(string(f.line(n)[:10]))
	head := fmt.Sprintf("%d 0 obj\n", n)
	if err != nil || at > f.table || !bytes.HasPrefix(f.content[at:], []byte(head+"<<")) {
		return 0, 0, errForm
	}
	at += len(head)
	length := bytes.Index(f.content[at:f.table], []byte("\nendobj"))
	if length < 0 {
		return 0, 0, errForm
	}
	return at, at + length, nil
}

// line returns the line of the table for an object.
func (f *file) line(n int) []byte {
	return f.content[f.table+n*lineSize : f.table+(n+1)*lineSize]
}

// insert puts text into an object, and moves what stands behind it: the places in
// the table, and that of the table itself.
func (f *file) insert(at int, text string) {
	for n := range f.count {
		line := f.line(n)
		start, err := strconv.Atoi(string(line[:10]))
		if err == nil && line[17] == 'n' && start > at {
			copy(line, fmt.Sprintf("%010d", start+len(text)))
		}
	}
	end := bytes.LastIndex(f.content, []byte("\nstartxref\n"))
	start := f.table - len(fmt.Sprintf("xref\n0 %d\n", f.count)) + len(text)
	f.content = bytes.Join([][]byte{
		f.content[:at], []byte(text), f.content[at:end], fmt.Appendf(nil, "\nstartxref\n%d\n%%%%EOF\n", start),
	}, nil)
	f.table += len(text)
	f.trailer = nil
}
