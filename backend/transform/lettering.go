package transform

import (
	"math"
	"unicode/utf8"

	"github.com/gip4all/gip4all/backend/fault"
)

// Lettering is a text to write: all that the writer must know.
type Lettering struct {
	Text, Font string
	Size       float64 // pixels
	Color      Color
	Wrap       int // longest line, in pixels
	Align      int // of lines: -1 left, 0 centre, 1 right
}

const (
	fontSize    = 16 // imgproxy's default, like its family
	fontFamily  = "sans"
	widestGlyph = 1.5 // of most, as a fraction of the font's size
	lineHeight  = 2   // likewise, with room for scripts that stack
)

// Lettering is how a mark's text is written for the plan's result: lines never longer than
// that is wide, and aligned as the mark is. A text that could take more pixels than a source
// is [fault.TooLarge].
func (p Plan) Lettering(m Mark, policy Policy) (Lettering, error) {
	policy = policy.WithDefaults()
	width, _ := p.Size()
	align, _ := edges(m.Gravity.Anchor)
	l := Lettering{Text: m.Text.Content, Font: m.Text.Font, Size: m.Text.Size, Color: m.Text.Color, Wrap: width, Align: int(align)}
	if l.Font == "" {
		l.Font = fontFamily
	}
	if l.Size == 0 {
		l.Size = fontSize
	}
	l.Size *= p.density()
	if wrap := scaled(m.Text.Wrap, p.density()); wrap > 0 {
		l.Wrap = min(wrap, width)
	}
	if l.pixels() > float64(policy.MaxSourcePixels) {
		return Lettering{}, fault.New(fault.TooLarge, "a text of %d characters, %.0f pixels high, is over the limit of %d pixels",
			utf8.RuneCountInString(l.Text), l.Size, policy.MaxSourcePixels)
	}
	return l, nil
}

// pixels is about what the written text takes at most. Whoever has memory has its own limit.
func (l Lettering) pixels() float64 {
	glyph := widestGlyph * l.Size
	row := max(float64(l.Wrap), glyph)
	fitting := math.Floor(row / glyph)
	rows, inRow := 1.0, 0.0
	for _, r := range l.Text {
		if inRow++; r == '\n' || inRow > fitting {
			rows, inRow = rows+1, 0
		}
	}
	return rows * lineHeight * l.Size * row
}
