package vips

/*
#cgo pkg-config: vips
#include "vips.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unsafe"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Engine is a started libvips.
type Engine struct {
	policy transform.Policy
	savers transform.FormatSet
}

// Start prepares libvips for one job at a time, blocks every loader but ours, and proves on
// small files that the block holds. libvips has one state a process: Start belongs at the
// process's start, once. Set VIPS_BLOCK_UNTRUSTED=1 in the process's environment too, for
// whatever starts libvips before this.
func Start(policy transform.Policy) (*Engine, error) {
	e := &Engine{policy: policy.WithDefaults()}
	defer enter()()
	if C.gip_start(flag(policy.SVG)) != 0 {
		return nil, fmt.Errorf("start libvips: %w", takeError())
	}
	e.openDocuments()
	e.savers = savers()
	if err := e.selfTest(); err != nil {
		return nil, fmt.Errorf("self-test of libvips %s: %w", Versions(), err)
	}
	return e, nil
}

// Stop gives back what libvips holds. Nothing of this package may be called after it.
func (e *Engine) Stop() { C.vips_shutdown() }

// Release gives memory that is free back to the system. It may be called at any time.
func (e *Engine) Release() { C.gip_release() }

// Versions is the version of libvips that runs, as in "8.14.1".
func Versions() (libvips string) {
	return fmt.Sprintf("%d.%d.%d", C.vips_version(0), C.vips_version(1), C.vips_version(2))
}

// enter keeps the goroutine on its thread, for whose sake libvips keeps buffers, until the
// returned function frees them; and pins data, whose bytes libvips reads after the call
// that got them has returned.
func enter(data ...[]byte) (leave func()) {
	runtime.LockOSThread()
	unpin := pinned(data...)
	return func() {
		C.vips_error_clear()
		C.vips_thread_shutdown()
		unpin()
		runtime.UnlockOSThread()
	}
}

// pinned keeps data where it is until the returned function is called.
func pinned(data ...[]byte) (unpin func()) {
	var pins runtime.Pinner
	for _, d := range data {
		pins.Pin(unsafe.SliceData(d))
	}
	return pins.Unpin
}

// takeError empties libvips' error buffer. Its text can quote a file's contents: for the
// log only.
func takeError() error {
	text := strings.TrimSpace(C.GoString(C.vips_error_buffer()))
	C.vips_error_clear()
	return errors.New(text)
}

// broken is the error of a source that its own loader, or a step after it, refused. A sound
// photograph that this process has no memory for is not broken, only too large for it.
func broken(format transform.Format) error {
	cause := takeError()
	if outOfMemory(cause.Error()) {
		return fault.Wrap(fault.TooLarge, cause, "this %s image needs more memory than a worker may take", displayName(format))
	}
	if err := unreadable(cause, format); err != nil {
		return err
	}
	return fault.Wrap(fault.Broken, cause, "%s data is broken", displayName(format))
}

// outOfMemory knows the words of libvips and of the libraries below it.
func outOfMemory(text string) bool {
	for _, words := range [...]string{"out of memory", "failed to allocate", "Memory allocation"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

func displayName(f transform.Format) string {
	if f == transform.WebP {
		return "WebP"
	}
	return strings.ToUpper(f.String())
}

func address(data []byte) (unsafe.Pointer, C.size_t) {
	return unsafe.Pointer(unsafe.SliceData(data)), C.size_t(len(data))
}

func flag(on bool) C.int {
	if on {
		return 1
	}
	return 0
}
