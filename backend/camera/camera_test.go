package camera

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/camera/cameratest"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// raws are one file of each format, by its format.
func raws(preview, thumbnail []byte, orientation uint16) map[transform.Format][]byte {
	return map[transform.Format][]byte{
		transform.CR2: cameratest.CR2(preview, thumbnail, orientation),
		transform.NEF: cameratest.NEF(preview, orientation),
		transform.ARW: cameratest.ARW(preview, thumbnail, orientation),
		transform.DNG: cameratest.DNG(preview, orientation),
		transform.RW2: cameratest.RW2(preview, orientation),
		transform.RAF: cameratest.RAF(preview),
	}
}

func TestPreview(t *testing.T) {
	preview, thumbnail := jpegOf(t, 60, 40), jpegOf(t, 16, 12)
	for format, file := range raws(preview, thumbnail, 1) {
		t.Run(format.String(), func(t *testing.T) {
			if got := transform.Sniff(file); got != format {
				t.Errorf("sniffed %v", got)
			}
			if got, err := Preview(file, format); err != nil || !bytes.Equal(got, preview) {
				t.Errorf("%d bytes, %v; want the %d of the preview", len(got), err, len(preview))
			}
		})
	}
}

// TestLargest: of several previews the one of most pixels counts, wherever it is.
func TestLargest(t *testing.T) {
	large, small := jpegOf(t, 60, 40), jpegOf(t, 16, 12)
	for name, file := range map[string][]byte{
		"second directory":  cameratest.ARW(small, large, 1),
		"behind the first":  cameratest.CR2(small, large, 1),
		"and not the first": cameratest.CR2(large, small, 1),
	} {
		if got, err := Preview(file, transform.Sniff(file)); err != nil || !bytes.Equal(got, large) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestNoPreview(t *testing.T) {
	preview := jpegOf(t, 60, 40)
	cmyk := bytes.Replace(preview, []byte("\xff\xc0\x00\x0b\x08\x00\x28\x00\x3c\x01"), []byte("\xff\xc0\x00\x0b\x08\x00\x28\x00\x3c\x04"), 1)
	outside := cameratest.RAF(preview)
	binary.BigEndian.PutUint32(outside[88:], uint32(len(outside)))
	loop := cameratest.File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00", cameratest.Directory{Entries: []cameratest.Entry{{Tag: 0xc612, Value: uint32(1)}}})
	binary.LittleEndian.PutUint32(loop[len(loop)-4:], 8)
	for _, row := range []struct {
		name   string
		file   []byte
		format transform.Format
	}{
		{"only sensor data", cameratest.DNG([]byte(cameratest.Lossless), 1), transform.DNG},
		{"four inks", cameratest.NEF(cmyk, 1), transform.NEF},
		{"no JPEG there", cameratest.NEF([]byte("nothing of the kind"), 1), transform.NEF},
		{"outside the file", outside, transform.RAF},
		{"cut header", outside[:80], transform.RAF},
		{"a directory that is its own next", loop, transform.DNG},
		{"nothing", nil, transform.CR2},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got, err := Preview(row.file, row.format); fault.KindOf(err) != fault.Unsupported {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
}

// TestSegments: what stands behind a thousand segments is not looked for.
func TestSegments(t *testing.T) {
	preview := jpegOf(t, 60, 40)
	for _, row := range []struct {
		name     string
		segments int
		want     int
	}{
		{"as many as a long profile", 255, 60 * 40},
		{"nothing but segments", 5000, 0},
		{"as many fill bytes", -5000, 0},
	} {
		segment := "\xff\xe2\x00\x02"
		if row.segments < 0 {
			segment, row.segments = "\xff", -row.segments
		}
		file := append([]byte(start+strings.Repeat(segment, row.segments)), preview[len(start):]...)
		if got := pixels(file); got != row.want {
			t.Errorf("%s: %d pixels, want %d", row.name, got, row.want)
		}
	}
}

// TestOrientation: a preview's own orientation counts, else the RAW's.
func TestOrientation(t *testing.T) {
	plain := jpegOf(t, 60, 40)
	own := oriented(plain, 3)
	mute := bytes.Replace(own, []byte{0x01, 0x12}, []byte{0x01, 0x13}, 1) // EXIF, but not of that
	for _, row := range []struct {
		name    string
		preview []byte
		raw     uint16
		want    uint32
	}{
		{"neither", plain, 1, 0},
		{"the RAW's", plain, 6, 6},
		{"its own", own, 6, 3},
		{"EXIF without one", mute, 8, 8},
		{"impossible", plain, 9, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := Preview(cameratest.NEF(row.preview, row.raw), transform.NEF)
			if err != nil {
				t.Fatal(err)
			}
			said := uint32(0)
			segments(got, func(marker byte, _ int, payload []byte) bool {
				if block, found := bytes.CutPrefix(payload, []byte(exifName)); found && marker == app1 {
					said += orientationOf(block)
				}
				return true
			})
			if _, err := jpeg.Decode(bytes.NewReader(got)); err != nil || said != row.want {
				t.Errorf("says %d, want %d; %v", said, row.want, err)
			}
		})
	}
}

// FuzzPreview: none is found, or one inside the file that begins as a JPEG does.
func FuzzPreview(f *testing.F) {
	for format, file := range raws(jpegOf(f, 60, 40), jpegOf(f, 16, 12), 6) {
		f.Add(file, uint8(format))
	}
	f.Fuzz(func(t *testing.T, file []byte, number uint8) {
		format := transform.Format(number)
		found, _ := find(file, format)
		preview, err := Preview(file, format)
		if err != nil {
			if found != (span{}) || preview != nil {
				t.Errorf("found %+v, but %v", found, err)
			}
			return
		}
		if found.at <= 0 || found.length <= 0 || found.at+found.length > len(file) || found.pixels <= 0 {
			t.Errorf("%+v of %d bytes", found, len(file))
		}
		if !bytes.HasPrefix(found.of(file), []byte(start)) || transform.Sniff(preview) != transform.JPEG {
			t.Errorf("begins with %x", preview[:min(4, len(preview))])
		}
	})
}
