package vips

import "github.com/gip4all/gip4all/backend/transform"

// rasters makes a raster and an image from it: of a JPEG, of a transparent PNG, of half a file.
func (s leakSources) rasters(e *Engine) leakRow {
	return leakRow{"rasters", "raster resize_raster has_palette rows_are_slow reduces reduce kernel", func(i int) {
		body := [...][]byte{s.jpeg, s.alpha, s.alpha[:len(s.alpha)/2]}[i%3]
		meta, err := e.Probe(body)
		if err != nil {
			return
		}
		raster, err := e.Reduce(body, meta, 2)
		if err != nil {
			return
		}
		plan := transform.Plan{
			Width: 5, Height: 4, Format: transform.PNG, Quality: 100, Raster: &raster,
			PreCrop: &transform.Rect{X: 1, Y: 1, Width: 6 + 90*(i%2), Height: 6}, // every second one lies outside
		}
		_, _, _, _ = e.Execute(nil, meta, plan)
	}}
}
