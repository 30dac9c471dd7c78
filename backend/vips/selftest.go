package vips

/*
#include "vips.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

// Files that libvips decodes when their loaders are not blocked: one page of PDF, and one
// red pixel of Photoshop's format, which only ImageMagick reads.
const (
	smallPDF = "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj " +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"
	smallPSD = "8BPS\x00\x01\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00\x01\x00\x08\x00\x03" +
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\x00\x00"
	smallTIFF = "II*\x00\x08\x00\x00\x00\x05\x00" + // a pixel of grey, the second byte of the file's number
		"\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00" + "\x01\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00" +
		"\x02\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00" + "\x06\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00" +
		"\x11\x01\x04\x00\x01\x00\x00\x00\x01\x00\x00\x00" + "\x00\x00\x00\x00"
	smallSVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`
)

// selfTest proves that the block holds, and that it is not one of everything.
func (e *Engine) selfTest() error {
	for name, file := range e.refused() {
		if loads([]byte(file)) {
			return fmt.Errorf("a %s was decoded, which must be refused", name)
		}
	}
	for name, format := range map[string]C.GipFormat{"PNG": C.GIP_PNG, "JPEG": C.GIP_JPEG} {
		if err := roundTrip(format); err != nil {
			return fmt.Errorf("a small %s: %w", name, err)
		}
	}
	return nil
}

// refused are files that must not be decoded, by name.
func (e *Engine) refused() map[string]string {
	files := map[string]string{"Photoshop file": smallPSD}
	if !e.policy.SVG {
		files["SVG"] = smallSVG
	}
	if !e.policy.PDF {
		files["PDF"] = smallPDF
	}
	if !e.policy.TIFF {
		files["TIFF"] = smallTIFF
	}
	return files
}

func loads(file []byte) bool {
	defer enter(file)()
	data, length := address(file)
	return C.gip_loads(data, length) == 0
}

func roundTrip(format C.GipFormat) error {
	var data unsafe.Pointer
	var length C.size_t
	if C.gip_sample(format, &data, &length) != 0 {
		return takeError()
	}
	defer C.g_free(C.gpointer(data))
	if C.gip_loads(data, length) != 0 {
		return errors.Join(errors.New("made, but not read back"), takeError())
	}
	return nil
}
