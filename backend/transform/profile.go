package transform

import (
	"encoding/binary"
	"math"
)

// IsSRGB tells whether an ICC profile says what browsers assume without one: sRGB's primaries
// and curve, within what 8 bits can show. Converting from it changes nothing, and making the
// conversion costs more than decoding a small photograph does. Profiles with tables of
// colours, other classes of device or damage are not it. (ICC.1:2010, 7.2, 9.2 and 10.)
func IsSRGB(profile []byte) bool {
	p := iccProfile(profile)
	if len(p) < iccHeader+4 || string(p[16:20]) != "RGB " || string(p[20:24]) != "XYZ " || p.tag("A2B0") != nil {
		return false
	}
	return p.primary("rXYZ", 0.4361, 0.2225, 0.0139) && p.primary("gXYZ", 0.3851, 0.7169, 0.0971) &&
		p.primary("bXYZ", 0.1431, 0.0606, 0.7141) &&
		p.curve("rTRC") && p.curve("gTRC") && p.curve("bTRC")
}

// iccProfile is a profile's bytes. Reading beyond its end gives nothing.
type iccProfile []byte

const (
	iccHeader   = 128
	iccEntry    = 12
	iccMaxTags  = 64
	iccFixedOne = 1 << 16 // s15Fixed16Number
)

// tag is the element of that name; nil: there is none.
func (p iccProfile) tag(name string) []byte {
	count := min(binary.BigEndian.Uint32(p[iccHeader:]), iccMaxTags)
	for i := range int(count) {
		at := iccHeader + 4 + i*iccEntry
		if at+iccEntry > len(p) {
			return nil
		}
		from, size := binary.BigEndian.Uint32(p[at+4:]), binary.BigEndian.Uint32(p[at+8:])
		if string(p[at:at+4]) == name && uint64(from)+uint64(size) <= uint64(len(p)) {
			return p[from : from+size]
		}
	}
	return nil
}

// nearPrimary is how far profiles that are meant as sRGB round their primaries.
const nearPrimary = 0.0015

func (p iccProfile) primary(name string, x, y, z float64) bool {
	tag := p.tag(name)
	if len(tag) < 20 || string(tag[:4]) != "XYZ " {
		return false
	}
	for i, want := range [...]float64{x, y, z} {
		if math.Abs(fixed(tag[8+4*i:])-want) > nearPrimary {
			return false
		}
	}
	return true
}

// nearCurve is half a step of 8 bits.
const nearCurve = 0.5 / 255

// curve compares at every value that 8 bits have.
func (p iccProfile) curve(name string) bool {
	light := toneCurve(p.tag(name))
	if light == nil {
		return false
	}
	for v := range 256 {
		encoded := float64(v) / 255
		if !(math.Abs(encodeSRGB(light(encoded))-encoded) <= nearCurve) { // also NaN, of a power of something negative
			return false
		}
	}
	return true
}

// toneCurve reads a curv or para element; nil where it is neither, or damaged.
func toneCurve(tag []byte) func(float64) float64 {
	if len(tag) < 12 {
		return nil
	}
	switch string(tag[:4]) {
	case "curv":
		return sampledCurve(tag[8:])
	case "para":
		return parametricCurve(binary.BigEndian.Uint16(tag[8:]), tag[12:])
	}
	return nil
}

// sampledCurve is a table of light, interpolated. (A single entry is a plain gamma, which
// sRGB's curve is not.)
func sampledCurve(data []byte) func(float64) float64 {
	count := int64(binary.BigEndian.Uint32(data))
	table := data[4:]
	if count < 2 || count > int64(len(table)/2) {
		return nil
	}
	at := func(i int) float64 { return float64(binary.BigEndian.Uint16(table[2*i:])) / math.MaxUint16 }
	last := int(count) - 1
	return func(v float64) float64 {
		place := v * float64(last)
		i := min(int(place), last-1)
		part := place - float64(i)
		return at(i)*(1-part) + at(i+1)*part
	}
}

// parametricCurve reads the kind that sRGB is written as: 3, a power and a straight start.
func parametricCurve(kind uint16, data []byte) func(float64) float64 {
	if kind != 3 || len(data) < 20 {
		return nil
	}
	g, a, b, c, d := fixed(data), fixed(data[4:]), fixed(data[8:]), fixed(data[12:]), fixed(data[16:])
	return func(v float64) float64 {
		if v < d {
			return c * v
		}
		return math.Pow(a*v+b, g)
	}
}

func fixed(data []byte) float64 {
	return float64(int32(binary.BigEndian.Uint32(data))) / iccFixedOne
}

// encodeSRGB is the inverse of sRGB's curve (IEC 61966-2-1).
func encodeSRGB(light float64) float64 {
	if light <= 0.0031308 {
		return 12.92 * light
	}
	return 1.055*math.Pow(light, 1/2.4) - 0.055
}
