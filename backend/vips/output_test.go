package vips

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestMaxBytes(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, photo.Small(480, 360, 11))
	for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF, transform.JXL, transform.PNG, transform.GIF, transform.TIFF} {
		whole, err := try(e, file, transform.Options{Format: f})
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []int{2, 5, 40} {
			budget := len(whole.body) / part
			t.Run(fmt.Sprint(f, " in ", budget), func(t *testing.T) {
				o := transform.Options{Format: f, Output: transform.Output{MaxBytes: budget}}
				r, err := try(e, file, o)
				if err != nil || len(r.body) > max(budget, 1100) { // the tables in a tiff alone take 1 kB
					t.Fatalf("%d bytes, %v", len(r.body), err)
				}
				inSteps := f == transform.GIF || f == transform.PNG || f == transform.TIFF // palettes; lossless, then not
				if !inSteps && part < 40 && float64(len(r.body)) < .85*float64(budget) {
					t.Errorf("only %d bytes of %d", len(r.body), budget)
				}
			})
		}
	}
}

func TestMaxBytesSize(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, noisy(300, 200))
	meta, err := e.Probe(file)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := transform.MakePlan(meta, transform.Options{Format: transform.JPEG, Output: transform.Output{MaxBytes: 900}}, transform.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	out, width, height, err := e.Execute(file, meta, plan)
	if err != nil {
		t.Fatal(err)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(out))
	if err != nil || config.Width != width || config.Height != height || width >= 300 || len(out) > 900 {
		t.Errorf("%d bytes of %d×%d, said to be %d×%d, %v", len(out), config.Width, config.Height, width, height, err)
	}
}

// authored is EXIF with an orientation, a camera, an author and a copyright.
func authored(orientation int) []byte {
	b := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x04\x00")
	texts, at := "", uint32(8+2+4*12+4)
	entry := func(tag uint16, text string) {
		b = binary.LittleEndian.AppendUint16(b, tag)
		b = binary.LittleEndian.AppendUint16(b, 2)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(text)+1))
		b = binary.LittleEndian.AppendUint32(b, at+uint32(len(texts)))
		texts += text + "\x00"
	}
	entry(0x010f, "SecretCamera")
	b = append(b, 0x12, 1, 3, 0, 1, 0, 0, 0, byte(orientation), 0, 0, 0)
	entry(0x013b, "Ann Author")
	entry(0x8298, "All rights Ann")
	return append(append(b, 0, 0, 0, 0), texts...)
}

func TestMetadataStaysWhereAsked(t *testing.T) {
	e := start(t, transform.Policy{})
	file := segment(jpegFile(t, picture4(64, 32)), 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>title</x:xmpmeta>"))
	file = segment(file, 0xe1, authored(6))
	for _, row := range []struct {
		name       string
		o          transform.Output
		have, lack []string
	}{
		{"stripped", transform.Output{}, nil, []string{"SecretCamera", "Ann", "xmpmeta"}},
		{"kept", transform.Output{KeepMetadata: true}, []string{"SecretCamera", "Ann Author", "All rights Ann", "xmpmeta"}, nil},
		{"copyright", transform.Output{KeepCopyright: true}, []string{"Ann Author", "All rights Ann"}, []string{"SecretCamera", "xmpmeta"}},
		{"both", transform.Output{KeepCopyright: true, KeepMetadata: true}, []string{"SecretCamera", "Ann Author"}, nil},
	} {
		for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF} {
			t.Run(row.name+" "+f.String(), func(t *testing.T) {
				r := run(t, e, file, transform.Options{Format: f, Width: 16, Output: row.o})
				for _, text := range row.have {
					if !bytes.Contains(r.body, []byte(text)) && (f != transform.AVIF || text != "xmpmeta") { // libvips 8.14 writes no XMP there
						t.Errorf("%q is gone", text)
					}
				}
				for _, text := range row.lack {
					if bytes.Contains(r.body, []byte(text)) {
						t.Errorf("%q is in it", text)
					}
				}
				if again, err := e.Probe(r.body); err != nil || again.Orientation > 1 || again.Width != 16 || again.Height != 32 {
					t.Errorf("it is now %+v, %v", again, err) // turned once, and never again
				}
			})
		}
	}
}

func TestProfileStaysWhereAsked(t *testing.T) {
	e := start(t, transform.Policy{})
	grey := &image.Gray{Pix: bytes.Repeat([]byte("\x60"), 4096), Stride: 64, Rect: image.Rect(0, 0, 64, 64)}
	for _, row := range []struct {
		name string
		file []byte
		keep bool
	}{
		{"of colours", withProfile(jpegFile(t, flat(64, 64, red)), swappedProfile()), true},
		{"of grey that it does not fit", withProfile(jpegFile(t, grey), swappedProfile()), false},
	} {
		for _, f := range []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.AVIF} {
			for _, o := range []transform.Options{{Width: 16}, {Width: 8, Crop: transform.Crop{Width: .5}}} {
				t.Run(fmt.Sprint(row.name, " ", f, " ", o.Width), func(t *testing.T) {
					o.Format, o.Output.KeepProfile = f, true
					r, err := try(e, row.file, o)
					if err != nil {
						t.Fatal(err)
					}
					again, err := e.Probe(r.body)
					if err != nil || again.Profile != row.keep {
						t.Fatalf("profile %v, %v", again.Profile, err)
					}
					if !row.keep {
						return
					}
					// With the profile read, the colour is what it was with the profile of the source.
					shown := run(t, e, r.body, transform.Options{Format: transform.PNG})
					shown.want(t, "shown", 2, 2, green)
				})
			}
		}
	}
}

func TestSavers(t *testing.T) {
	e := start(t, transform.Policy{})
	file := pngFile(t, picture4(40, 40))
	for _, f := range []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.AVIF, transform.GIF, transform.TIFF, transform.JXL} {
		if !e.Savers().Has(f) {
			t.Errorf("this libvips makes no %v", f)
			continue
		}
		run(t, e, file, transform.Options{Format: f}).wantQuarters(t, f.String(), [4]color.NRGBA{red, green, blue, white})
	}
	lossy, err := try(e, file, transform.Options{Format: transform.TIFF, Quality: 70})
	if err != nil || transform.Sniff(lossy.body) != transform.TIFF {
		t.Errorf("a lossy tiff: %v", err)
	}
	jxl := run(t, e, file, transform.Options{Format: transform.JXL})
	run(t, e, jxl.body, transform.Options{Format: transform.PNG}).wantQuarters(t, "from jxl", [4]color.NRGBA{red, green, blue, white})
}
