package transform

import "testing"

func rasterOf(width, height, bands int) Raster {
	return Raster{Width: width, Height: height, Bands: bands, Pixels: make([]byte, width*height*bands)}
}

func TestReduction(t *testing.T) {
	const plenty = 64 << 20
	for name, row := range map[string]struct {
		meta Meta
		most int
		want int
	}{
		"photograph":            {Meta{Format: JPEG, Width: 5472, Height: 3648, Pages: 1}, plenty, 2},
		"large photograph":      {Meta{Format: JPEG, Width: 8192, Height: 5464, Pages: 1}, plenty, 4},
		"few bytes":             {Meta{Format: JPEG, Width: 5472, Height: 3648, Pages: 1}, 10_000_000, 4},
		"no bytes":              {Meta{Format: JPEG, Width: 5472, Height: 3648, Pages: 1}, 1000, 0},
		"small":                 {Meta{Format: JPEG, Width: 1000, Height: 900, Pages: 1}, plenty, 0},
		"PNG":                   {Meta{Format: PNG, Width: 2000, Height: 1500, Pages: 1}, plenty, 1},
		"large PNG":             {Meta{Format: PNG, Width: 4000, Height: 3000, Pages: 1, Alpha: true}, plenty, 2},
		"alpha needs a byte":    {Meta{Format: AVIF, Width: 2000, Height: 1500, Pages: 1, Alpha: true}, 10_000_000, 2},
		"animation":             {Meta{Format: WebP, Width: 2000, Height: 1500, Pages: 3}, plenty, 0},
		"drawing":               {Meta{Format: SVG, Width: 2000, Height: 1500, Pages: 1}, plenty, 0},
		"palette":               {Meta{Format: GIF, Width: 2000, Height: 1500, Pages: 1}, plenty, 0},
		"CMYK":                  {Meta{Format: JPEG, Width: 5472, Height: 3648, Pages: 1, Foreign: true}, plenty, 0},
		"a camera's own":        {Meta{Format: CR2, Width: 5472, Height: 3648, Pages: 1}, plenty, 0},
		"between two pipelines": {Meta{Format: JPEG, Width: 5472, Height: 3648, Pages: 1, Chained: true}, plenty, 0},
	} {
		if got := Reduction(row.meta, row.most); got != row.want {
			t.Errorf("%s: by %d, want %d", name, got, row.want)
		}
	}
}

func TestPlanOnRaster(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 4001, Height: 3000, Pages: 1}
	half := rasterOf(2001, 1500, 3)
	for name, row := range map[string]struct {
		meta    Meta
		raster  Raster
		options Options
		want    bool
		crop    Rect // of the raster; zero: none
	}{
		"half":                     {photo, half, Options{Width: 2000}, true, Rect{}},
		"a pixel more":             {photo, half, Options{Width: 2004}, false, Rect{}},
		"small":                    {photo, half, Options{Width: 100}, true, Rect{}},
		"enlarged":                 {photo, half, Options{Width: 5000, Enlarge: true}, false, Rect{}},
		"quarter":                  {photo, rasterOf(1000, 750, 3), Options{Width: 714}, true, Rect{}},
		"too much of it":           {photo, rasterOf(1000, 750, 3), Options{Width: 720}, false, Rect{}},
		"half of a PNG":            {Meta{Format: PNG, Width: 4000, Height: 3000, Pages: 1}, rasterOf(2000, 1500, 3), Options{Width: 1333}, true, Rect{}},
		"too much of a PNG":        {Meta{Format: PNG, Width: 4000, Height: 3000, Pages: 1}, rasterOf(2000, 1500, 3), Options{Width: 1340}, false, Rect{}},
		"all of a PNG":             {Meta{Format: PNG, Width: 1400, Height: 1000, Pages: 1}, rasterOf(1400, 1000, 3), Options{Width: 1399}, true, Rect{}},
		"crop":                     {photo, half, Options{Width: 500, Crop: Crop{Width: 1000, Height: 1000, Gravity: Gravity{Anchor: SouthEast}, HasGravity: true}}, true, Rect{1501, 1000, 500, 500}},
		"too small a crop":         {photo, half, Options{Width: 600, Crop: Crop{Width: 1000, Height: 1000, Gravity: Gravity{Anchor: SouthEast}, HasGravity: true}}, false, Rect{}},
		"turned crop":              {Meta{Format: JPEG, Width: 4000, Height: 3000, Pages: 1, Orientation: 6}, rasterOf(1500, 2000, 3), Options{Width: 500, Crop: Crop{Width: 1000, Height: 2000, Gravity: Gravity{Anchor: NorthWest}, HasGravity: true}}, true, Rect{0, 0, 500, 1000}},
		"attention":                {photo, half, Options{Resize: Fill, Width: 100, Height: 100, Gravity: Gravity{Anchor: Smart}}, false, Rect{}},
		"attention before":         {photo, half, Options{Width: 100, Crop: Crop{Width: 900, Height: 900, Gravity: Gravity{Anchor: Smart}, HasGravity: true}}, false, Rect{}},
		"profile":                  {photo, half, Options{Width: 100, Output: Output{KeepProfile: true}}, false, Rect{}},
		"copyright":                {photo, half, Options{Width: 100, Output: Output{KeepCopyright: true}}, false, Rect{}},
		"skipped":                  {photo, half, Options{Width: 100, Output: Output{Skip: Formats(JPEG)}}, false, Rect{}},
		"no raster":                {photo, Raster{}, Options{Width: 100}, false, Rect{}},
		"fewer pixels than it has": {photo, Raster{Width: 2001, Height: 1500, Bands: 3, Pixels: make([]byte, 100)}, Options{Width: 100}, false, Rect{}},
		"numbers that overflow":    {photo, Raster{Width: 1 << 31, Height: 1 << 31, Bands: 4, Pixels: make([]byte, 100)}, Options{Width: 100}, false, Rect{}},
		"alpha from nowhere":       {photo, rasterOf(2001, 1500, 4), Options{Width: 100}, false, Rect{}},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.options, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			on, got := plan.On(row.meta, row.raster)
			if got != row.want || got != (on.Raster != nil) {
				t.Fatalf("%v, raster %v; want %v", got, on.Raster != nil, row.want)
			}
			if row.crop != (Rect{}) && (on.PreCrop == nil || *on.PreCrop != row.crop) {
				t.Errorf("cut %v, want %v", on.PreCrop, row.crop)
			}
			if on.Width != plan.Width || on.Height != plan.Height || on.Turn != plan.Turn {
				t.Errorf("%+v, from %+v", on, plan)
			}
		})
	}
}
