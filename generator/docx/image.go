package docx

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"strconv"
)

// picture is a file of the document that its text shows.
type picture struct {
	id, name string
	bytes    []byte
	size     image.Config
}

// pictures holds each picture once, however often it is shown.
type pictures struct {
	list  []picture
	at    map[[sha256.Size]byte]int // index by digest
	shown int
}

// maxPixels is the most pixels of a picture that programs open without trouble.
const maxPixels = 100e6

// add returns a picture, and false for one that Word may not be able to show.
func (p *pictures) add(content []byte) (picture, bool) {
	digest := sha256.Sum256(content)
	if i, ok := p.at[digest]; ok {
		return p.list[i], true
	}
	size, ending, err := measurePicture(content)
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width*size.Height > maxPixels {
		return picture{}, false
	}
	if p.at == nil {
		p.at = map[[sha256.Size]byte]int{}
	}
	n := strconv.Itoa(len(p.list) + 1)
	p.at[digest] = len(p.list)
	p.list = append(p.list, picture{"rIdImage" + n, "media/image" + n + ending, content, size})
	return p.list[len(p.list)-1], true
}

// measurePicture returns the size of a picture and the ending of files of its
// kind.
func measurePicture(content []byte) (size image.Config, ending string, err error) {
	switch r := bytes.NewReader(content); {
	case bytes.HasPrefix(content, []byte("\x89PNG")):
		size, err = png.DecodeConfig(r)
		return size, ".png", err
	case bytes.HasPrefix(content, []byte("\xff\xd8")):
		size, err = jpeg.DecodeConfig(r)
		return size, ".jpg", err
	}
	return size, "", errors.New("neither PNG nor JPEG")
}

// Sizes in English Metric Units, in which drawings are measured.
const (
	emuPixel = 9525 // at 96 pixels to the inch
	emuTwip  = 635
)

// fit returns the size of a picture in EMU, no larger than the page's text.
func (p picture) fit(width, height int) (cx, cy int) {
	cx, cy = p.size.Width*emuPixel, p.size.Height*emuPixel
	if most := width * emuTwip; cx > most {
		cx, cy = most, max(cy*most/cx, 1)
	}
	if most := height * emuTwip; cy > most {
		cx, cy = max(cx*most/cy, 1), most
	}
	return cx, cy
}

// image writes a picture, or what it shows in words. Footnotes and headers have
// no pictures.
func (f *flow) image(r Run) {
	p, ok := picture{}, false
	if !f.note && f.links != nil {
		p, ok = f.book.pictures.add(r.Image.Bytes)
	}
	if !ok {
		r.Text, r.Image, r.Italic = r.Image.Alt, nil, true
		f.words(r, r.Link != "")
		return
	}
	f.book.pictures.shown++
	number := strconv.Itoa(f.book.pictures.shown)
	_, height, _ := f.book.document.paper()
	cx, cy := p.fit(f.book.document.textWidth(), (height-marginTop-marginBottom)*3/4)
	wide, high := strconv.Itoa(cx), strconv.Itoa(cy)
	f.open("w:r")
	f.open("w:drawing")
	f.open("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	f.empty("wp:extent", "cx", wide, "cy", high)
	f.empty("wp:docPr", "id", number, "name", "Picture "+number, "descr", r.Image.Alt)
	f.open("a:graphic")
	f.open("a:graphicData", "uri", pictureSpace)
	f.open("pic:pic")
	f.open("pic:nvPicPr")
	f.empty("pic:cNvPr", "id", number, "name", "Picture "+number)
	f.empty("pic:cNvPicPr")
	f.close()
	f.open("pic:blipFill")
	f.empty("a:blip", "r:embed", p.id)
	f.open("a:stretch")
	f.empty("a:fillRect")
	f.close()
	f.close()
	f.open("pic:spPr")
	f.open("a:xfrm")
	f.empty("a:off", "x", "0", "y", "0")
	f.empty("a:ext", "cx", wide, "cy", high)
	f.close()
	f.open("a:prstGeom", "prst", "rect")
	f.empty("a:avLst")
	for range 7 { // prstGeom, spPr, pic, graphicData, graphic, inline, drawing
		f.close()
	}
	f.close()
}
