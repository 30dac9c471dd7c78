package transform

import (
	"bytes"
	"image"
	stdjpeg "image/jpeg"
	stdpng "image/png"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestOrSource(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 100, Height: 80, Orientation: 1, Pages: 1}
	with := func(change func(*Meta)) Meta { m := photo; change(&m); return m }
	webp := with(func(m *Meta) { m.Format = WebP })
	for _, row := range []struct {
		name string
		meta Meta
		o    Options
		want bool
	}{
		{"nothing asked", photo, Options{}, true},
		{"a quality", photo, Options{Quality: 95}, true},
		{"its own format", photo, Options{Format: JPEG}, true},
		{"another format", photo, Options{Format: WebP}, false},
		{"auto takes jpeg", photo, Options{Format: Auto, Accepts: Formats(AVIF)}, true},
		{"auto takes webp from those who do", webp, Options{Format: Auto, Accepts: Formats(WebP)}, true},
		{"and not from others", webp, Options{Format: Auto}, false},
		{"a width that it has", photo, Options{Width: 100}, true},
		{"a width over its own", photo, Options{Width: 1000}, true},
		{"resized", photo, Options{Width: 50}, false},
		{"cropped before", photo, Options{Crop: Crop{Width: 50}}, false},
		{"cropped after", photo, Options{Resize: Fill, Width: 100, Height: 50}, false},
		{"turned", with(func(m *Meta) { m.Orientation = 3 }), Options{}, false},
		{"transparent on a background", with(func(m *Meta) { m.Format, m.Alpha = PNG, true }), Options{HasBackground: true}, false},
		{"opaque on a background", photo, Options{HasBackground: true}, true},
		{"with metadata", with(func(m *Meta) { m.Extras = true }), Options{}, false},
		{"with metadata that stays", with(func(m *Meta) { m.Extras = true }), Options{Output: Output{KeepMetadata: true}}, true},
		{"with a profile", with(func(m *Meta) { m.Profile = true }), Options{}, false},
		{"with a profile that stays", with(func(m *Meta) { m.Profile = true }), Options{Output: Output{KeepProfile: true}}, true},
		{"cmyk", with(func(m *Meta) { m.Foreign = true }), Options{}, false},
		{"heic", with(func(m *Meta) { m.Format = HEIC }), Options{}, false},
		{"an animation", with(func(m *Meta) { m.Format, m.Pages = WebP, 3 }), Options{Format: WebP, Width: 1000}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil || plan.OrSource != row.want {
				t.Errorf("got %v, %v; want %v", plan.OrSource, err, row.want)
			}
		})
	}
}

func TestSkip(t *testing.T) {
	skip := Output{Skip: Formats(WebP, GIF)}
	for _, row := range []struct {
		name   string
		source Format
		o      Options
		want   bool
	}{
		{"listed", WebP, Options{Output: skip, Width: 5}, true},
		{"not listed", JPEG, Options{Output: skip, Width: 5}, false},
		{"listed, its own format asked", WebP, Options{Output: skip, Format: WebP}, true},
		{"listed, another format asked", WebP, Options{Output: skip, Format: PNG}, false},
		{"listed, auto", WebP, Options{Output: skip, Format: Auto, Accepts: Formats(WebP)}, true},
		{"listed, not accepted", WebP, Options{Output: skip, Format: Auto}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(Meta{Format: row.source, Width: 90, Height: 90}, row.o, Policy{})
			if err != nil || plan.Passthrough != row.want {
				t.Errorf("got %v, %v; want %v", plan.Passthrough, err, row.want)
			}
		})
	}
	huge := Meta{Format: WebP, Width: 16000, Height: 16000}
	if _, err := MakePlan(huge, Options{Output: skip}, Policy{}); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a huge source is skipped: %v", err)
	}
}

func TestSavers(t *testing.T) {
	meta, policy := Meta{Format: JPEG, Width: 90, Height: 90}, Policy{Savers: Formats(JPEG, PNG, WebP)}
	_, err := MakePlan(meta, Options{Format: JXL}, policy)
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "jpeg, png, webp") {
		t.Errorf("got %v", err)
	}
	plan, err := MakePlan(meta, Options{Format: Auto, Accepts: Formats(AVIF, WebP)}, policy)
	if err != nil || plan.Format != WebP {
		t.Errorf("auto takes %v, %v", plan.Format, err)
	}
	meta.Format = AVIF
	if plan, err = MakePlan(meta, Options{}, policy); err != nil || plan.Format != JPEG {
		t.Errorf("an avif becomes %v, %v", plan.Format, err)
	}
}

func TestQualities(t *testing.T) {
	o := Options{Format: WebP}
	o.Output.Qualities[WebP], o.Output.Qualities[PNG] = 33, 44
	meta := Meta{Format: JPEG, Width: 9, Height: 9}
	for _, row := range []struct {
		format      Format
		asked, want int
	}{{WebP, 0, 33}, {PNG, 0, 44}, {JPEG, 0, 80}, {TIFF, 0, 100}, {WebP, 70, 70}} {
		o.Format, o.Quality = row.format, row.asked
		if plan, err := MakePlan(meta, o, Policy{}); err != nil || plan.Quality != row.want {
			t.Errorf("%v at q:%d has %d, %v; want %d", row.format, row.asked, plan.Quality, err, row.want)
		}
	}
}

func TestExtras(t *testing.T) {
	var jpegFile, pngFile bytes.Buffer
	picture := image.NewNRGBA(image.Rect(0, 0, 30, 20))
	if err := stdjpeg.Encode(&jpegFile, picture, nil); err != nil {
		t.Fatal(err)
	}
	if err := stdpng.Encode(&pngFile, picture); err != nil {
		t.Fatal(err)
	}
	jpg, png := jpegFile.String(), pngFile.String()
	webp := "RIFF\x0e\x00\x00\x00WEBPVP8L\x02\x00\x00\x00ab"
	insert := func(file string, at int, part string) string { return file[:at] + part + file[at:] }
	for _, row := range []struct {
		name   string
		format Format
		file   string
		want   bool
	}{
		{"jpeg", JPEG, jpg, false},
		{"jpeg with exif", JPEG, insert(jpg, 2, "\xff\xe1\x00\x08Exif\x00\x00"), true},
		{"jpeg with a comment", JPEG, insert(jpg, 2, "\xff\xfe\x00\x04hi"), true},
		{"jpeg with a profile", JPEG, insert(jpg, 2, "\xff\xe2\x00\x0eICC_PROFILE\x00"), false},
		{"jpeg with pictures beside it", JPEG, insert(jpg, 2, "\xff\xe2\x00\x06MPF\x00"), true},
		{"jpeg with a film behind it", JPEG, jpg + "film", true},
		{"jpeg with a comment before its end", JPEG, insert(jpg, len(jpg)-2, "\xff\xfe\x00\x04hi"), true},
		{"jpeg cut", JPEG, jpg[:len(jpg)-1], true},
		{"jpeg's start", JPEG, jpg[:3], true},
		{"png", PNG, png, false},
		{"png with text", PNG, insert(png, 33, "\x00\x00\x00\x02tEXthi\x00\x00\x00\x00"), true},
		{"png with something behind it", PNG, png + "x", true},
		{"png cut", PNG, png[:40], true},
		{"webp", WebP, webp, false},
		{"webp with exif", WebP, "RIFF\x0e\x00\x00\x00WEBPEXIF\x02\x00\x00\x00ab", true},
		{"webp with something behind it", WebP, webp + "xx", true},
		{"webp cut", WebP, webp[:14], true},
		{"gif cut", GIF, "GIF89a", true},
		{"tiff is not read", TIFF, "II*\x00", true},
		{"nothing", JPEG, "", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Extras(row.format, []byte(row.file)); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// FuzzExtras holds that no file makes it panic or read without end, and that what stands
// behind a whole image is always found.
func FuzzExtras(f *testing.F) {
	for _, file := range []string{"\xff\xd8\xff\xda\x00\x02a\xff\xd9", "\x89PNG\r\n\x1a\n\x00\x00\x00\x00IEND\x00\x00\x00\x00",
		"RIFF\x0e\x00\x00\x00WEBPVP8L\x02\x00\x00\x00ab", smallGIF(), smallAVIF("av01", "")} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, format := range []Format{JPEG, PNG, WebP, GIF, AVIF} {
			if !Extras(format, file) && !Extras(format, append(file[:len(file):len(file)], "secret"...)) {
				t.Errorf("%v: a secret behind %q is not found", format, file)
			}
		}
	})
}
