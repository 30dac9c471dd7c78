package vips

import (
	"bytes"
	goflag "flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

var sheetPath = goflag.String("sheet", "", "write the contact sheet of all looks to this file")

// tile is one picture of the contact sheet.
type tile struct {
	name string
	look transform.Look
}

// tiles are in the order of docs/filters.md: the source, the filters, the options.
func tiles() []tile {
	all := []tile{{"as it is", transform.Look{}}}
	for _, f := range transform.Filters() {
		all = append(all, tile{"fi:" + f.Name, transform.Look{Filter: f.Name}})
	}
	grey, ink, paper := transform.Color{R: 0xb3, G: 0xb3, B: 0xb3}, transform.Color{R: 32, B: 96}, transform.Color{R: 255, G: 192, B: 64}
	return append(all,
		tile{"br:60", transform.Look{Brightness: 60}}, tile{"co:1.6", transform.Look{Contrast: transform.Times(1.6)}},
		tile{"sa:2", transform.Look{Saturation: transform.Times(2)}}, tile{"mc:1", transform.Look{Monochrome: transform.Monochrome{Intensity: 1, Color: grey}}},
		tile{"dt:1:200060:ffc040", transform.Look{Duotone: transform.Duotone{Intensity: 1, Dark: ink, Light: paper}}},
		tile{"bl:4", transform.Look{Blur: 4}}, tile{"sh:2", transform.Look{Sharpen: 2}}, tile{"pix:12", transform.Look{Pixelate: 12}},
		tile{"ush:always:2:6", transform.Look{Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 2, Divider: 6}}},
		tile{"col:0.5:ffc040", transform.Look{Colorize: transform.Colorize{Opacity: .5, Color: paper}}},
		tile{"gr:1:200060", transform.Look{Gradient: transform.Gradient{Opacity: 1, Color: ink, Stop: 1}}},
		tile{"rnd:max", transform.Look{Corners: transform.Corners{Max: true}}},
	)
}

const (
	tileWidth, tileHeight = 160, 120
	gap, inRow            = 10, 5
)

// TestContactSheet makes every look of one photograph, which must differ; with -sheet it
// writes them all into one PNG.
func TestContactSheet(t *testing.T) {
	e := start(t, transform.Policy{})
	source := photo.Small(2*tileWidth, 2*tileHeight, 7)
	file, seen := pngFile(t, source), map[string]string{}
	rows := (len(tiles()) + inRow - 1) / inRow
	sheet := image.NewNRGBA(image.Rect(0, 0, inRow*(tileWidth+gap)+gap, rows*(tileHeight+gap)+gap))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	for i, at := range tiles() {
		r := run(t, e, file, transform.Options{Format: transform.PNG, Width: tileWidth, Look: at.look})
		if other, twice := seen[string(r.body)]; twice {
			t.Errorf("%s looks as %s", at.name, other)
		}
		seen[string(r.body)] = at.name
		corner := image.Pt(gap+i%inRow*(tileWidth+gap), gap+i/inRow*(tileHeight+gap))
		draw.Draw(sheet, r.Bounds().Add(corner), r.Image, image.Point{}, draw.Over)
	}
	writeSheet(t, sheet)
}

// writeSheet writes where -sheet says, which is from the project's root.
func writeSheet(t *testing.T, sheet image.Image) {
	if *sheetPath == "" {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, sheet); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("../..", *sheetPath), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestSheetLegend: the docs name the tiles in the sheet's order, five in a row.
func TestSheetLegend(t *testing.T) {
	docs, err := os.ReadFile("../../docs/filters.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, at := range tiles() {
		names = append(names, at.name)
	}
	for row := range slices.Chunk(names, inRow) {
		if line := "1. " + strings.Join(row, " · ") + "\n"; !strings.Contains(string(docs), line) {
			t.Errorf("docs/filters.md lacks %s", line)
		}
	}
}
