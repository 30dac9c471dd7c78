package transform

import (
	"encoding/binary"
	"math"
	"testing"
)

// curves of test profiles, as elements.
func para(kind uint16, parameters ...float64) []byte {
	tag := binary.BigEndian.AppendUint16([]byte("para\x00\x00\x00\x00"), kind)
	tag = append(tag, 0, 0)
	for _, p := range parameters {
		tag = binary.BigEndian.AppendUint32(tag, uint32(int32(math.Round(p*65536))))
	}
	return tag
}

func curv(entries ...uint16) []byte {
	tag := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(len(entries)))
	for _, e := range entries {
		tag = binary.BigEndian.AppendUint16(tag, e)
	}
	return tag
}

// srgbTable samples sRGB's curve.
func srgbTable(count int) []byte {
	entries := make([]uint16, count)
	for i := range entries {
		v := float64(i) / float64(count-1)
		light := v / 12.92
		if v > 0.04045 {
			light = math.Pow((v+0.055)/1.055, 2.4)
		}
		entries[i] = uint16(math.Round(light * math.MaxUint16))
	}
	return curv(entries...)
}

func xyz(x, y, z float64) []byte {
	tag := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		tag = binary.BigEndian.AppendUint32(tag, uint32(int32(math.Round(v*65536))))
	}
	return tag
}

type iccTag struct {
	name string
	data []byte
}

func iccOf(space string, tags ...iccTag) []byte {
	profile := make([]byte, iccHeader)
	copy(profile[16:], space+"XYZ ")
	profile = binary.BigEndian.AppendUint32(profile, uint32(len(tags)))
	at := len(profile) + iccEntry*len(tags)
	for _, tag := range tags {
		profile = append(profile, tag.name...)
		profile = binary.BigEndian.AppendUint32(profile, uint32(at))
		profile = binary.BigEndian.AppendUint32(profile, uint32(len(tag.data)))
		at += len(tag.data)
	}
	for _, tag := range tags {
		profile = append(profile, tag.data...)
	}
	return profile
}

func rgbProfile(curve []byte, red []byte) []byte {
	return iccOf("RGB ", iccTag{"rXYZ", red}, iccTag{"gXYZ", xyz(0.3851, 0.7169, 0.0971)}, iccTag{"bXYZ", xyz(0.1431, 0.0606, 0.7141)},
		iccTag{"rTRC", curve}, iccTag{"gTRC", curve}, iccTag{"bTRC", curve})
}

func TestIsSRGB(t *testing.T) {
	srgb, red := para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045), xyz(0.4361, 0.2225, 0.0139)
	table := rgbProfile(srgbTable(1024), red)
	rows := []struct {
		name    string
		profile []byte
		want    bool
	}{
		{"parameters", rgbProfile(srgb, red), true},
		{"table of 1024", table, true},
		{"table of 64", rgbProfile(srgbTable(64), red), true},
		{"rounded primary", rgbProfile(srgb, xyz(0.4360, 0.2225, 0.0139)), true},
		{"Display P3's red", rgbProfile(srgb, xyz(0.5151, 0.2412, -0.0011)), false},
		{"Adobe RGB's gamma", rgbProfile(curv(0x0233), red), false},
		{"gamma 2.2 as a power", rgbProfile(para(0, 2.2), red), false},
		{"gamma 2.2 with parameters", rgbProfile(para(3, 2.2, 1, 0, 0, 0), red), false},
		{"a power of something negative", rgbProfile(para(3, 2.4, 1, -2, 0, 0), red), false},
		{"linear", rgbProfile(curv(0, 65535), red), false},
		{"CMYK", iccOf("CMYK"), false},
		{"with a table of colours", iccOf("RGB ", iccTag{"A2B0", []byte("mft2")}), false},
		{"more entries than bytes", rgbProfile(append([]byte("curv\x00\x00\x00\x00\xff\xff\xff\xff"), 0, 0, 0, 0), red), false},
		{"nothing", nil, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := IsSRGB(row.profile); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
	for cut := range table {
		if IsSRGB(table[:cut]) {
			t.Fatalf("cut at %d of %d: true", cut, len(table))
		}
	}
}

func FuzzIsSRGB(f *testing.F) {
	f.Add(rgbProfile(para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045), xyz(0.4361, 0.2225, 0.0139)))
	f.Add(rgbProfile(srgbTable(64), xyz(0.4361, 0.2225, 0.0139)))
	f.Fuzz(func(t *testing.T, profile []byte) {
		if IsSRGB(profile) && string(profile[16:20]) != "RGB " {
			t.Errorf("%q is sRGB", profile[:24])
		}
	})
}
