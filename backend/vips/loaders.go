package vips

/*
#include <stdlib.h>
#include "vips.h"
*/
import "C"

import (
	"strings"
	"unsafe"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// openDocuments opens the loaders of documents that the policy allows, and closes the others.
func (e *Engine) openDocuments() {
	for loader, open := range map[string]bool{
		"VipsForeignLoadTiffBuffer": e.policy.TIFF,
		"VipsForeignLoadPdfBuffer":  e.policy.PDF,
	} {
		name := C.CString(loader)
		C.gip_block(name, flag(!open))
		C.free(unsafe.Pointer(name))
	}
}

// opened tells whether the policy allows a format that is off by default.
func (e *Engine) opened(format transform.Format) bool {
	return format == transform.TIFF && e.policy.TIFF || format == transform.PDF && e.policy.PDF
}

// unreadable is the error of a source that may be sound and that this libvips cannot read: it
// is locked, or its loader or codec was not built in. Nil for everything else.
func unreadable(cause error, format transform.Format) error {
	text := cause.Error()
	says := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	switch {
	case format == transform.PDF && says("encrypted", "password"):
		return fault.Wrap(fault.Unsupported, cause, "this PDF asks for a password")
	case lackable(format) && says("is not in a known format"):
		return fault.Wrap(fault.Unsupported, cause, "source is %s, which the libvips here does not read", format.MediaType())
	case (format == transform.HEIC || format == transform.AVIF) && says("Unsupported codec", "No decoding plugin", "No suitable decoder"):
		return fault.Wrap(fault.Unsupported, cause, "source is %s in a codec that the libvips here does not read", format.MediaType())
	}
	return nil
}

// lackable tells whether a libvips can be built without a loader of the format.
func lackable(format transform.Format) bool {
	switch format {
	case transform.JXL, transform.HEIC, transform.TIFF, transform.PDF:
		return true
	}
	return false
}
