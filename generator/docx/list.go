package docx

import "strconv"

// order is an ordered list: Word counts each on its own.
type order struct{ level, start int }

// bullets is the number of the list that all bulleted ones share.
const bullets = 1

// maxLevel is the deepest level of lists that Word has.
const maxLevel = 8

func (f *flow) list(l List, at place) {
	level := min(at.lists, maxLevel)
	number := bullets
	if l.Ordered {
		f.book.orders = append(f.book.orders, order{level, max(l.Start, 0)})
		number = bullets + len(f.book.orders)
	}
	inner := at.deeper(step)
	inner.lists++
	for _, item := range l.Items {
		inner.mark = &mark{number, level}
		if len(item) == 0 {
			item = []Block{Paragraph{}}
		}
		f.blocks(item, inner)
	}
}

// numbering is the file with the looks of lists.
func (b *book) numbering() []byte {
	m := &markup{}
	m.root("w:numbering")
	signs := []string{"•", "–", "▪"}
	m.levels(0, func(int) string { return "bullet" }, func(i int) string { return signs[i%len(signs)] })
	counts := []string{"decimal", "lowerLetter", "lowerRoman"}
	m.levels(1, func(i int) string { return counts[i%len(counts)] }, func(i int) string { return "%" + strconv.Itoa(i+1) + "." })
	m.open("w:num", "w:numId", strconv.Itoa(bullets))
	m.value("w:abstractNumId", "0")
	m.close()
	for i, o := range b.orders {
		m.open("w:num", "w:numId", strconv.Itoa(bullets+1+i))
		m.value("w:abstractNumId", "1")
		m.open("w:lvlOverride", "w:ilvl", strconv.Itoa(o.level))
		m.value("w:startOverride", strconv.Itoa(o.start))
		m.close()
		m.close()
	}
	m.close()
	return m.Bytes()
}

func (m *markup) levels(id int, format, text func(int) string) {
	m.open("w:abstractNum", "w:abstractNumId", strconv.Itoa(id))
	m.value("w:multiLevelType", "hybridMultilevel")
	for i := 0; i <= maxLevel; i++ {
		m.open("w:lvl", "w:ilvl", strconv.Itoa(i))
		m.value("w:start", "1")
		m.value("w:numFmt", format(i))
		m.value("w:lvlText", text(i))
		m.value("w:lvlJc", "left")
		m.open("w:pPr")
		m.empty("w:ind", "w:left", strconv.Itoa(step*(i+1)), "w:hanging", strconv.Itoa(step))
		m.close()
		m.close()
	}
	m.close()
}
