package secrets

import (
	"bytes"
	"io"
	"strings"

	"github.com/bep/imagemeta"
)

// picture tells whether a picture says where it was taken. What is to be seen on it
// is not looked into. The library is the one that Hugo reads photographs with.
func (f *file) picture(s *stream) error {
	f.unread(kindPicture.why())
	format := imagemeta.ImageFormatAuto
	switch {
	case bytes.HasPrefix(s.head, []byte("\xff\xd8")):
		format = imagemeta.JPEG
	case bytes.HasPrefix(s.head, []byte("\x89PNG")):
		format = imagemeta.PNG
	case bytes.HasPrefix(s.head, []byte("RIFF")):
		format = imagemeta.WebP
	case bytes.HasPrefix(s.head, []byte("II*")), bytes.HasPrefix(s.head, []byte("MM")):
		format = imagemeta.TIFF
	case bytes.HasPrefix(s.head[4:], []byte("ftyphei")), bytes.HasPrefix(s.head[4:], []byte("ftypmif1")):
		format = imagemeta.HEIF // what telephones write
	default:
		return f.pictureAsText(s)
	}
	held, err := io.ReadAll(io.LimitReader(s.reader(), f.job.scanner.limits.picture))
	if err != nil {
		return err
	}
	if located(held, format) {
		f.metadata("gps-position", "This picture says where it was taken.", "••• (a position)")
	}
	return f.pictureAsText(&stream{head: held, rest: s.rest, size: s.size})
}

// pictureAsText looks through a text that only begins as a picture does.
func (f *file) pictureAsText(s *stream) error {
	if !plain(s.head[:min(len(s.head), headSize)]) {
		return nil
	}
	return f.text(s, true)
}

// located tells whether the metadata of a picture hold a position. Those of a broken
// picture hold none.
func located(held []byte, format imagemeta.ImageFormat) (yes bool) {
	defer func() {
		// A picture must not end the program, whatever the library makes of it.
		if recover() != nil {
			yes = false
		}
	}()
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(held), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return strings.HasPrefix(tag.Tag, "GPS") },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if tag.Tag == "GPSLatitude" {
				yes = true
			}
			return nil
		},
		Warnf: func(string, ...any) {}, LimitNumTags: 1000, LimitTagSize: 1000,
	})
	return yes
}
