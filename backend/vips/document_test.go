package vips

import (
	"encoding/binary"
	"errors"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/camera/cameratest"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// tiffOf is a TIFF of one strip: width × height pixels, each of these samples.
func tiffOf(width, height int, photometric uint16, samples []byte, more ...cameratest.Entry) []byte {
	pixels := slices.Repeat(samples, width*height)
	entries := append([]cameratest.Entry{
		{Tag: 0x0100, Value: uint32(width)}, {Tag: 0x0101, Value: uint32(height)}, {Tag: 0x0102, Value: uint16(8)},
		{Tag: 0x0103, Value: uint16(1)}, {Tag: 0x0106, Value: photometric}, {Tag: 0x0111, Value: cameratest.Data(pixels)},
		{Tag: 0x0115, Value: uint16(len(samples))}, {Tag: 0x0116, Value: uint32(height)}, {Tag: 0x0117, Value: uint32(len(pixels))},
	}, more...)
	slices.SortFunc(entries, func(a, b cameratest.Entry) int { return int(a.Tag) - int(b.Tag) })
	return cameratest.File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00", cameratest.Directory{Entries: entries})
}

func TestTIFFKinds(t *testing.T) {
	e := start(t, transform.Policy{TIFF: true})
	t.Cleanup(func() { start(t, transform.Policy{}) }) // block it again for the other tests
	const rgb, cmyk, grey = 2, 5, 1
	for _, row := range []struct {
		name          string
		file          []byte
		width, height int
		want          color.NRGBA
	}{
		{"grey", tiffOf(40, 20, grey, []byte{255}), 20, 10, white},
		{"colours", tiffOf(40, 20, rgb, []byte{0, 0, 255}), 20, 10, blue},
		{"no ink", tiffOf(40, 20, cmyk, []byte{0, 0, 0, 0}), 20, 10, white},
		{"all black ink", tiffOf(40, 20, cmyk, []byte{0, 0, 0, 255}), 20, 10, color.NRGBA{35, 31, 32, 255}},
		{"transparent", tiffOf(40, 20, rgb, []byte{0, 0, 255, 128}, cameratest.Entry{Tag: 0x0152, Value: uint16(2)}), 20, 10, color.NRGBA{0, 0, 255, 128}},
		{"turned", tiffOf(20, 40, rgb, []byte{255, 0, 0}, cameratest.Entry{Tag: 0x0112, Value: uint16(6)}), 20, 10, red},
		{"a profile whose red is green", tiffOf(40, 20, rgb, []byte{255, 0, 0}, cameratest.Entry{Tag: 0x8773, Value: swappedProfile()}), 20, 10, green},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, row.file, transform.Options{Width: 20, Format: transform.PNG})
			if size := r.Bounds().Size(); size.X != row.width || size.Y != row.height || r.meta.Format != transform.TIFF {
				t.Errorf("%v of %+v", size, r.meta)
			}
			r.want(t, "middle", 10, 5, row.want)
		})
	}
}

// TestUnreadable: what this libvips cannot read is told from what is broken.
func TestUnreadable(t *testing.T) {
	for _, row := range []struct {
		name, text string
		format     transform.Format
		kind       fault.Kind
	}{
		{"a locked pdf", "pdfload_buffer: Document is encrypted", transform.PDF, fault.Unsupported},
		{"no codec for heic", "heif: Unsupported feature: Unsupported codec (4.3000)", transform.HEIC, fault.Unsupported},
		{"no plugin for heic", "heif: Unsupported feature: No decoding plugin installed for this compression format (4.3003)", transform.HEIC, fault.Unsupported},
		{"no loader for jpeg xl", "VipsForeignLoad: buffer is not in a known format", transform.JXL, fault.Unsupported},
		{"a jpeg of nonsense", "VipsForeignLoad: buffer is not in a known format", transform.JPEG, fault.Internal},
		{"broken heic", "heif: Invalid input: No 'meta' box", transform.HEIC, fault.Internal},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := unreadable(errors.New(row.text), row.format)
			if (err == nil) != (row.kind == fault.Internal) {
				t.Fatal(err)
			}
			if err != nil && (fault.KindOf(err) != row.kind || strings.Contains(fault.Message(err), row.text)) {
				t.Errorf("got %v: %s", fault.KindOf(err), fault.Message(err))
			}
		})
	}
}
