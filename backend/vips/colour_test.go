package vips

import (
	"encoding/binary"
	"fmt"
	"image/color"
	"math"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// mostApart is the ΔE (CIE76) that a colour may be off what sRGB should show: below it hardly
// anybody sees a difference.
const mostApart = 3

// xyz is a colour under D50, which is how profiles tell colours. The white is 0.9642, 1, 0.8249.
type xyz [3]float64

type matrix [3][3]float64

func (m matrix) times(v xyz) (out xyz) {
	for i := range out {
		out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
	}
	return out
}

func (m matrix) inverse() (out matrix) {
	minor := func(r, c int) float64 {
		a, b, d, e := (r+1)%3, (r+2)%3, (c+1)%3, (c+2)%3
		return m[a][d]*m[b][e] - m[a][e]*m[b][d]
	}
	det := m[0][0]*minor(0, 0) + m[0][1]*minor(0, 1) + m[0][2]*minor(0, 2)
	for r := range out {
		for c := range out {
			out[c][r] = minor(r, c) / det
		}
	}
	return out
}

// space is an RGB space: what its primaries are under D50 (the columns), and its gamma, where
// 0 is sRGB's curve.
type space struct {
	name      string
	primaries matrix
	gamma     float64
}

// The numbers are those of the spaces' published profiles.
var (
	srgb     = space{"sRGB", matrix{{.4360747, .3850649, .1430804}, {.2225045, .7168786, .0606169}, {.0139322, .0971045, .7141733}}, 0}
	adobeRGB = space{"Adobe RGB", matrix{{.6097559, .2052401, .1492240}, {.3111242, .6256560, .0632197}, {.0194811, .0608902, .7448387}}, 563.0 / 256}
	p3       = space{"Display P3", matrix{{.5151187, .2919778, .1571035}, {.2411892, .6922441, .0665668}, {-.0010505, .0418791, .7840713}}, 0}
)

func (s space) linear(v float64) float64 {
	switch {
	case s.gamma != 0:
		return math.Pow(max(v, 0), s.gamma)
	case v <= .04045:
		return v / 12.92
	}
	return math.Pow((v+.055)/1.055, 2.4)
}

func (s space) encoded(v float64) float64 {
	v = min(max(v, 0), 1)
	switch {
	case s.gamma != 0:
		return math.Pow(v, 1/s.gamma)
	case v <= .0031308:
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - .055
}

func (s space) shows(c color.NRGBA) xyz {
	return s.primaries.times(xyz{s.linear(float64(c.R) / 255), s.linear(float64(c.G) / 255), s.linear(float64(c.B) / 255)})
}

// writes gives the bytes with which the space shows a colour.
func (s space) writes(v xyz) color.NRGBA {
	l := s.primaries.inverse().times(v)
	b := func(v float64) uint8 { return uint8(math.Round(255 * s.encoded(v))) }
	return color.NRGBA{b(l[0]), b(l[1]), b(l[2]), 255}
}

func lab(v xyz) (out [3]float64) {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x, y, z := f(v[0]/.9642), f(v[1]), f(v[2]/.8249)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func fromLab(l [3]float64) xyz {
	f := func(t float64) float64 {
		if t > 6.0/29 {
			return t * t * t
		}
		return (116*t - 16) * 27 / 24389
	}
	y := (l[0] + 16) / 116
	return xyz{.9642 * f(y+l[1]/500), f(y), .8249 * f(y-l[2]/200)}
}

func deltaE(a, b color.NRGBA) float64 {
	x, y := lab(srgb.shows(a)), lab(srgb.shows(b))
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// iccTag is one entry of a profile.
type iccTag struct {
	name string
	data []byte
}

// iccProfile is a version 2 profile of the given colours (RGB or CMYK) and connection space.
func iccProfile(class, colours, connection string, tags []iccTag) []byte {
	desc := append([]byte("desc\x00\x00\x00\x00\x00\x00\x00\x05test\x00"), make([]byte, 79)...)
	tags = append(tags, iccTag{"desc", desc}, iccTag{"cprt", []byte("text\x00\x00\x00\x00none\x00")}, iccTag{"wtpt", iccXYZ(xyz{.9642, 1, .8249})})
	table, data := binary.BigEndian.AppendUint32(nil, uint32(len(tags))), []byte(nil)
	for _, tag := range tags {
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		table = binary.BigEndian.AppendUint32(append(table, tag.name...), uint32(132+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(tag.data)))
		data = append(data, tag.data...)
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x10\x00\x00"+class+colours+connection+"\x07\xe0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp")
	copy(head[68:], iccXYZ(xyz{.9642, 1, .8249})[8:])
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(data)))
	return append(append(head, table...), data...)
}

func iccXYZ(v xyz) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, part := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(part*65536))))
	}
	return b
}

// profile is the space's matrix and curves; sRGB's curve is a table.
func (s space) profile() []byte {
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 1)
	if s.gamma != 0 {
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(s.gamma*256)))
	} else {
		curve = binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 1024)
		for i := range 1024 {
			curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(65535*s.linear(float64(i)/1023))))
		}
	}
	var tags []iccTag
	for i, name := range []string{"r", "g", "b"} {
		column := xyz{s.primaries[0][i], s.primaries[1][i], s.primaries[2][i]}
		tags = append(tags, iccTag{name + "XYZ", iccXYZ(column)}, iccTag{name + "TRC", curve})
	}
	return iccProfile("mntr", "RGB ", "XYZ ", tags)
}

// patches are the 24 of a colour checker, in sRGB, and what lies at the edges of sRGB.
func patches() []color.NRGBA {
	var out []color.NRGBA
	for _, hex := range []uint32{0x735244, 0xc29682, 0x627a9d, 0x576c43, 0x8580b1, 0x67bdaa, 0xd67e2c, 0x505ba6, 0xc15a63, 0x5e3c6c, 0x9dbc40, 0xe0a32e,
		0x383d96, 0x469449, 0xaf363c, 0xe7c71f, 0xbb5695, 0x0885a1, 0xf3f3f2, 0xc8c8c8, 0xa0a0a0, 0x7a7a79, 0x555555, 0x343434,
		0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000} {
		out = append(out, color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255})
	}
	return out
}

// TestColourSpaces: what is written in another space with its profile looks the same in the
// result, which is sRGB, whatever is done to its size.
func TestColourSpaces(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, s := range []space{adobeRGB, p3, srgb} {
		icc := s.profile()
		iccp := pngChunk("iCCP", append([]byte("test\x00\x00"), deflated(icc)...))
		for _, want := range patches() {
			written := s.writes(srgb.shows(want))
			pixels := flat(32, 32, written).Pix
			for name, file := range map[string][]byte{
				"jpeg": withProfile(jpegFile(t, flat(32, 32, written)), icc),
				"png":  rawPNG(32, 32, 8, 6, pixels, iccp),
			} {
				wantColour(t, e, fmt.Sprint(s.name, " ", name), file, want)
			}
		}
	}
}

// wantColour takes the whole way at the source's size, smaller, and cut.
func wantColour(t *testing.T, e *Engine, name string, file []byte, want color.NRGBA) {
	t.Helper()
	for _, o := range []transform.Options{
		{Format: transform.PNG},
		{Format: transform.PNG, Width: 12},
		{Format: transform.PNG, Crop: transform.Crop{Width: 24, Height: 24}, Width: 9, Height: 4, Resize: transform.Force},
	} {
		r := run(t, e, file, o)
		size := r.Bounds().Size()
		got := r.at(size.X/2, size.Y/2)
		if off := deltaE(got, want); off > mostApart {
			t.Errorf("%s at %v: %v is ΔE %.1f away from %v", name, size, got, off, want)
		}
	}
}

// press is an ink model: Lab of paper, of the three inks and of what they overprint, and of
// black on each. Ink by ink it goes straight from one to the other.
var press = [16][3]float64{ // bits of the index: cyan 1, magenta 2, yellow 4, black 8
	{100, 0, 0}, {58, -26, -40}, {52, 62, -4}, {30, 16, -40}, {92, -6, 78}, {54, -50, 26}, {50, 56, 40}, {28, 2, 2},
	{18, 0, 0}, {12, -4, -8}, {11, 8, -1}, {7, 3, -6}, {16, -1, 12}, {11, -8, 5}, {10, 8, 6}, {4, 0, 0},
}

// printed is what the press shows for inks from 0 to 1.
func printed(inks [4]float64) (out [3]float64) {
	for corner, colour := range press {
		share := 1.0
		for i, ink := range inks {
			if corner>>i&1 == 1 {
				share *= ink
			} else {
				share *= 1 - ink
			}
		}
		for i := range out {
			out[i] += share * colour[i]
		}
	}
	return out
}

// pressNodes is how finely the profile's table divides each ink: at its nodes, which are
// fifths, every way of interpolating agrees.
const pressNodes = 6

// pressProfile is an output profile with only the way out of it: a lut16 from CMYK to Lab.
func pressProfile() []byte {
	lut := append([]byte("mft2\x00\x00\x00\x00\x04\x03"), pressNodes, 0)
	for _, v := range []uint32{1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 16} {
		lut = binary.BigEndian.AppendUint32(lut, v)
	}
	put := func(v float64) { lut = binary.BigEndian.AppendUint16(lut, uint16(min(max(math.Round(v), 0), 65535))) }
	put(2)
	put(2)
	line := func(channels int) {
		for range channels {
			put(0)
			put(65535)
		}
	}
	line(4)
	for i := range pressNodes * pressNodes * pressNodes * pressNodes { // the last ink changes fastest
		at := func(div int) float64 { return float64(i/div%pressNodes) / (pressNodes - 1) }
		l := printed([4]float64{at(pressNodes * pressNodes * pressNodes), at(pressNodes * pressNodes), at(pressNodes), at(1)})
		put(l[0] * 652.8) // version 2's coding of Lab: 100 is 0xff00
		put((l[1] + 128) * 256)
		put((l[2] + 128) * 256)
	}
	line(3)
	return iccProfile("prtr", "CMYK", "Lab ", []iccTag{{"A2B0", lut}, {"A2B1", lut}, {"A2B2", lut}})
}

// TestPrintColours: CMYK goes through the profile that it comes with.
func TestPrintColours(t *testing.T) {
	e := start(t, transform.Policy{})
	icc := pressProfile()
	for _, inks := range [][4]int{{}, {1}, {3}, {0, 2}, {0, 3, 1}, {0, 0, 4}, {1, 1, 1}, {2, 1, 3}, {1, 3, 2}, {3, 2, 0, 1}, {0, 0, 0, 2}, {0, 0, 0, 4}, {0, 0, 0, 5}, {1, 2, 3, 1}} {
		var stored [4]byte // Photoshop's way: 255 is no ink
		var part [4]float64
		for i, fifths := range inks {
			stored[i], part[i] = byte(255-51*fifths), float64(fifths)/5
		}
		want := srgb.writes(fromLab(printed(part)))
		wantColour(t, e, fmt.Sprint("inks ", inks), withProfile(cmykJPEG(32, 32, stored), icc), want)
	}
}
