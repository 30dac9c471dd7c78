package goldens

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

var sheetPath = flag.String("sheet", "", "write the contact sheet of all goldens to this file, from the project's root")

// cell is one result on the sheet.
type cell struct {
	name    string
	print   fingerprint
	picture image.Image
}

const (
	cellWidth, cellHeight = 240, 250 // of which 200 × 190 are for the picture
	inRow                 = 8
	lineWidth             = 33 // letters of basicfont
)

func writeSheet(t *testing.T, cells []cell) {
	if *sheetPath == "" {
		return
	}
	rows := (len(cells) + inRow - 1) / inRow
	sheet := image.NewRGBA(image.Rect(0, 0, inRow*cellWidth, rows*cellHeight))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	for i, c := range cells {
		c.draw(sheet, image.Pt(i%inRow*cellWidth, i/inRow*cellHeight))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, sheet); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("../..", *sheetPath)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// draw puts the picture on a checkerboard, smaller where it is too large, and its name below.
func (c cell) draw(sheet draw.Image, corner image.Point) {
	size := c.picture.Bounds().Size()
	if by := min(200/float64(size.X), 190/float64(size.Y)); by < 1 || size.X < 40 {
		size = image.Pt(max(1, int(float64(size.X)*by)), max(1, int(float64(size.Y)*by)))
	}
	at := image.Rectangle{Min: corner.Add(image.Pt(5, 5)), Max: corner.Add(image.Pt(5, 5)).Add(size)}
	draw.Draw(sheet, at, checks{}, at.Min, draw.Src)
	draw.CatmullRom.Scale(sheet, at, c.picture, c.picture.Bounds(), draw.Over, nil)
	name := c.name
	for line := range 2 {
		part := name[:min(lineWidth, len(name))]
		name = name[len(part):]
		write(sheet, corner.Add(image.Pt(5, 210+13*line)), part)
	}
	kind, _, _ := strings.Cut(c.print.Format, ";")
	side := strings.ReplaceAll(c.print.Size, "×", "x") // of which the font has no sign
	write(sheet, corner.Add(image.Pt(5, 236)), fmt.Sprintf("%s %s, %d frames, %d B", kind, side, c.print.Frames, c.print.Bytes))
}

func write(sheet draw.Image, at image.Point, text string) {
	d := font.Drawer{Dst: sheet, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(at.X, at.Y)}
	d.DrawString(text)
}

// checks is a grey checkerboard.
type checks struct{}

func (checks) ColorModel() color.Model { return color.GrayModel }
func (checks) Bounds() image.Rectangle { return image.Rect(0, 0, 1<<20, 1<<20) }
func (checks) At(x, y int) color.Color { return color.Gray{Y: uint8(200 + (x/8+y/8)%2*40)} }
