package transform

import (
	"bytes"

	"github.com/gip4all/gip4all/backend/tiff"
)

// What the first directory of a TIFF says about who wrote it.
const (
	tagSubfileType = 0x00fe
	tagMake        = 0x010f
	tagSubIFDs     = 0x014a
	tagDNGVersion  = 0xc612
)

// cameraOr names the RAW format that a TIFF is, or gives back what it was thought to be. Nikon
// and Sony write their RAW files as a small picture first, with the others as its
// subdirectories; a TIFF that their programs export has the same maker, but not that.
func cameraOr(format Format, file []byte) Format {
	if format != TIFF {
		return format
	}
	if at(file, 8, "CR\x02") {
		return CR2
	}
	f, first := tiff.Open(file)
	entries, _ := f.Directory(first)
	var maker []byte
	small, nested := false, false
	for _, e := range entries {
		switch e.Tag {
		case tagSubfileType:
			small = f.Number(e)&1 == 1
		case tagMake:
			maker = f.Bytes(e)
		case tagSubIFDs:
			nested = true
		case tagDNGVersion:
			return DNG
		}
	}
	switch {
	case !small || !nested:
		return format
	case bytes.HasPrefix(maker, []byte("NIKON")):
		return NEF
	case bytes.HasPrefix(maker, []byte("SONY")):
		return ARW
	}
	return format
}
