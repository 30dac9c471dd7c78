package transform

// MaxMarks is how many watermarks one image can have.
const MaxMarks = 4

// Marks are watermarks, drawn in their order.
type Marks [MaxMarks]Mark

// Mark is one watermark: an image or a text. Comparable; the zero value is none.
type Mark struct {
	Opacity       float64 // 0…1; at 0 nothing is drawn
	Gravity       Gravity // a compass point; offsets may lead out of the image. Of tiles: the space between them
	Tiling        Tiling
	Scale         float64 // the box that the mark fits, as a fraction of the result; 0: Width and Height say
	Width, Height int     // that box in pixels before DPR; both 0: the mark's own size
	Angle         float64 // degrees clockwise, 0…360
	Source        string  // of an image; with no Text either: the one that the node is configured with
	Text          Text
}

// Tiling is how often a mark is drawn.
type Tiling uint8

// The tilings. Single is the default.
const (
	Single     Tiling = iota
	Repeated          // side by side, all over the image
	Chessboard        // likewise, but on every second field
)

// Text is a mark to be written. Comparable; the zero value is none.
type Text struct {
	Content string
	Size    float64 // of the font, in pixels before DPR; 0 means 16
	Color   Color
	Font    string // a family, perhaps with a style: "DejaVu Serif Bold"; "" means sans
	Wrap    int    // longest line, in pixels before DPR; 0, and what is wider, means the result's width
}

// Drawn are the marks that can be seen, without gaps, and of what describes them only what
// counts.
func (m Marks) Drawn() (drawn Marks) {
	n := 0
	for _, mark := range m {
		if !(mark.Opacity > 0) {
			continue
		}
		if mark.Scale > 0 {
			mark.Width, mark.Height = 0, 0
		}
		drawn[n] = mark
		n++
	}
	return drawn
}

// List is the marks as a slice.
func (m Marks) List() []Mark {
	n := 0
	for n < len(m) && m[n] != (Mark{}) {
		n++
	}
	return m[:n]
}

// Unnamed tells whether the mark is the one that the node is configured with.
func (m Mark) Unnamed() bool { return m != Mark{} && m.Source == "" && m.Text == Text{} }
