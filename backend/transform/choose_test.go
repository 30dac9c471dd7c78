package transform

import "testing"

func TestFormatChoice(t *testing.T) {
	all := Formats(AVIF, WebP)
	for _, row := range []struct {
		name  string
		meta  Meta
		o     Options
		want  Format
		still bool // with Passthrough false
	}{
		{"same keeps jpeg", Meta{Format: JPEG}, Options{}, JPEG, true},
		{"same keeps png", Meta{Format: PNG}, Options{}, PNG, true},
		{"same keeps avif", Meta{Format: AVIF}, Options{}, AVIF, true},
		{"same keeps a gif's first frame", Meta{Format: GIF}, Options{}, GIF, true},
		{"same of heic is jpeg", Meta{Format: HEIC}, Options{}, JPEG, true},
		{"same of transparent heic is png", Meta{Format: HEIC, Alpha: true}, Options{}, PNG, true},
		{"same of svg is png", Meta{Format: SVG, Alpha: true}, Options{}, PNG, true},
		{"same of heic on a background is jpeg", Meta{Format: HEIC, Alpha: true}, Options{HasBackground: true}, JPEG, true},
		{"asked", Meta{Format: PNG, Alpha: true}, Options{Format: JPEG}, JPEG, true},
		{"auto: avif", Meta{Format: JPEG}, Options{Format: Auto, Accepts: all}, AVIF, true},
		{"auto: webp", Meta{Format: JPEG}, Options{Format: Auto, Accepts: Formats(WebP)}, WebP, true},
		{"auto: too large for avif", Meta{Format: JPEG, Width: 2000, Height: 1000}, Options{Format: Auto, Accepts: all}, WebP, true},
		{"auto: resized under avif's budget", Meta{Format: JPEG, Width: 2000, Height: 1000},
			Options{Format: Auto, Accepts: all, Width: 1000}, AVIF, true},
		{"auto: too large for avif, no webp", Meta{Format: JPEG, Width: 2000, Height: 1000},
			Options{Format: Auto, Accepts: Formats(AVIF)}, JPEG, true},
		{"auto: neither", Meta{Format: JPEG}, Options{Format: Auto}, JPEG, true},
		{"auto: neither, transparent", Meta{Format: WebP, Alpha: true}, Options{Format: Auto}, PNG, true},
		{"auto: neither, a drawing", Meta{Format: PNG}, Options{Format: Auto}, PNG, true},
		{"auto: neither, gif", Meta{Format: GIF}, Options{Format: Auto}, PNG, true},
		{"animated gif stays", Meta{Format: GIF, Pages: 9}, Options{}, GIF, false},
		{"animated gif is webp for its takers", Meta{Format: GIF, Pages: 9}, Options{Format: Auto, Accepts: all}, WebP, true},
		{"animated gif stays for others", Meta{Format: GIF, Pages: 9}, Options{Format: Auto, Accepts: Formats(AVIF)}, GIF, false},
		{"animated gif of too many frames stays", Meta{Format: GIF, Pages: 900}, Options{Format: Auto, Accepts: all}, GIF, false},
		{"animated gif of too many pixels stays", Meta{Format: GIF, Pages: 11, Width: 1000, Height: 1000}, Options{Format: Auto, Accepts: all}, GIF, false},
		{"animated gif with a budget", Meta{Format: GIF, Pages: 9}, Options{Output: Output{MaxBytes: 9}}, GIF, true},
		{"best: as auto", Meta{Format: JPEG}, Options{Format: Best, Accepts: all}, AVIF, true},
		{"best: animated", Meta{Format: GIF, Pages: 9}, Options{Format: Best, Accepts: all}, WebP, true},
		{"animated gif asked as gif", Meta{Format: GIF, Pages: 9}, Options{Format: GIF}, GIF, false},
		{"animated gif stays at a level", Meta{Format: GIF, Pages: 9}, Options{Format: Auto, Quality: 45}, GIF, false},
		{"animated gif, resized", Meta{Format: GIF, Pages: 9}, Options{Width: 10}, GIF, true},
		{"animated gif, cropped", Meta{Format: GIF, Pages: 9}, Options{Crop: Crop{Width: 5}}, GIF, true},
		{"animated gif, halved by dpr", Meta{Format: GIF, Pages: 9}, Options{DPR: .5}, GIF, true},
		{"animated gif on a background", Meta{Format: GIF, Pages: 9}, Options{HasBackground: true}, GIF, true},
		{"animated gif as jpeg", Meta{Format: GIF, Pages: 9}, Options{Format: JPEG}, JPEG, true},
		{"animated webp stays", Meta{Format: WebP, Pages: 9}, Options{}, WebP, false},
		{"animated webp stays for its takers", Meta{Format: WebP, Pages: 9}, Options{Format: Auto, Accepts: all}, WebP, false},
		{"animated webp for others", Meta{Format: WebP, Pages: 9}, Options{Format: Auto}, GIF, true},
		{"a still of an animated webp for others", Meta{Format: WebP, Pages: 9, Alpha: true}, Options{Format: Auto, Frames: Frames{Still: true}}, PNG, true},
		{"heic with many pictures is no animation", Meta{Format: HEIC, Pages: 9}, Options{}, JPEG, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.meta.Width == 0 {
				row.meta.Width, row.meta.Height = 100, 80
			}
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if plan.Format != row.want || plan.Passthrough == row.still {
				t.Errorf("format %v, passthrough %v; want %v, %v", plan.Format, plan.Passthrough, row.want, !row.still)
			}
		})
	}
}

func TestQualityAndFlatten(t *testing.T) {
	white, red := Color{255, 255, 255}, Color{R: 255}
	for _, row := range []struct {
		name string
		meta Meta
		o    Options
		want Plan
	}{
		{"jpeg", Meta{}, Options{Format: JPEG}, Plan{Quality: 80, Background: white}},
		{"webp", Meta{}, Options{Format: WebP}, Plan{Quality: 79, Effort: 2, Background: white}},
		{"avif has a speed", Meta{}, Options{Format: AVIF}, Plan{Quality: 63, Speed: 8, Background: white}},
		{"png is lossless unless asked", Meta{}, Options{Format: PNG}, Plan{Quality: 100, Background: white}},
		{"gif", Meta{}, Options{Format: GIF}, Plan{Quality: 80, Background: white}},
		{"asked", Meta{}, Options{Format: PNG, Quality: 40}, Plan{Quality: 40, Background: white}},
		{"asked too much", Meta{}, Options{Format: JPEG, Quality: 400}, Plan{Quality: 100, Background: white}},
		{"asked too little", Meta{}, Options{Format: JPEG, Quality: -4}, Plan{Quality: 1, Background: white}},
		{"jpeg holds no transparency", Meta{Alpha: true}, Options{Format: JPEG}, Plan{Quality: 80, Flatten: true, Background: white}},
		{"webp does", Meta{Alpha: true}, Options{Format: WebP}, Plan{Quality: 79, Effort: 2, Background: white}},
		{"a background", Meta{Alpha: true}, Options{Format: WebP, HasBackground: true, Background: red},
			Plan{Quality: 79, Effort: 2, Flatten: true, Background: red}},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.meta.Format, row.meta.Width, row.meta.Height = PNG, 10, 10
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			row.want.Format, row.want.Width, row.want.Height = row.o.Format, 10, 10
			plan.OrSource = false // TestOrSource
			if plan != row.want {
				t.Errorf("got %+v, want %+v", plan, row.want)
			}
		})
	}
}

func TestSpeedOfAVIF(t *testing.T) {
	photo, png := Meta{Format: JPEG, Width: 900, Height: 900}, Meta{Format: PNG, Width: 900, Height: 900}
	searched := Options{Format: AVIF}
	searched.Output.Auto.Method = ByLikeness
	for _, row := range []struct {
		name string
		meta Meta
		o    Options
		p    Policy
		want int
	}{
		{"by default", photo, Options{Format: AVIF}, Policy{}, 9},
		{"of a drawing", png, Options{Format: AVIF}, Policy{}, 8},
		{"of a drawing, as set", png, Options{Format: AVIF}, Policy{AVIFSpeed: 4}, 4},
		{"of a drawing, behind an answer", png, Options{Format: AVIF}, Policy{Pace: Later}, 7},
		{"as set", photo, Options{Format: AVIF}, Policy{AVIFSpeed: 4, AVIFLaterSpeed: 2}, 4},
		{"behind an answer", photo, Options{Format: AVIF}, Policy{Pace: Later}, 7},
		{"behind an answer, as set", photo, Options{Format: AVIF}, Policy{Pace: Later, AVIFSpeed: 4, AVIFLaterSpeed: 2}, 2},
		{"of a search", photo, searched, Policy{}, 8},
		{"of a search behind an answer", photo, searched, Policy{Pace: Later}, 7},
		{"of a search, as set", photo, searched, Policy{AVIFSpeed: 6}, 6},
	} {
		plan, err := MakePlan(row.meta, row.o, row.p)
		if err != nil || plan.Speed != row.want {
			t.Errorf("%s: speed %d, want %d; %v", row.name, plan.Speed, row.want, err)
		}
	}
}

func TestEffortOfWebP(t *testing.T) {
	for said, want := range map[int]int{0: 2, 1: 1, 6: 6, 9: 6} {
		plan, err := MakePlan(Meta{Format: JPEG, Width: 10, Height: 10}, Options{Format: WebP}, Policy{WebPEffort: said})
		if err != nil || plan.Effort != want {
			t.Errorf("policy %d: effort %d, want %d; %v", said, plan.Effort, want, err)
		}
	}
}
