package vips

/*
#include <stdlib.h>
#include "vips.h"
*/
import "C"

import (
	"unsafe"

	"github.com/gip4all/gip4all/backend/transform"
)

// intermediate is the picture as an uncompressed TIFF in memory: where a second library
// (bimg) takes over. Encoding straight from libvips is faster, see BenchmarkSeam, so only a
// step that this package does not do itself is worth it, and none is yet.
func (p *picture) intermediate(meta transform.Meta) ([]byte, error) {
	var data unsafe.Pointer
	var length C.size_t
	if C.gip_intermediate(p.ref, &data, &length) != 0 {
		return nil, broken(meta.Format)
	}
	defer C.g_free(C.gpointer(data))
	return C.GoBytes(data, C.int(length)), nil
}

// blockIntermediate blocks or opens the loader that reads an intermediate. Closed by
// default: a TIFF source is refused twice, by its magic bytes and by libvips.
func blockIntermediate(blocked bool) {
	name := C.CString("VipsForeignLoadTiffBuffer")
	defer C.free(unsafe.Pointer(name))
	C.gip_block(name, flag(blocked))
}
