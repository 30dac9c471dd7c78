package child

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

// blackWebP is a lossless WebP whose five prefix codes have one symbol each, so that its pixels
// take no bits. WebP is what libvips cannot stream.
func blackWebP(side int) []byte {
	bits, at := uint64(0), 0
	put := func(value uint64, count int) {
		bits |= value << at
		at += count
	}
	put(uint64(side-1), 14)
	put(uint64(side-1), 14)
	put(0, 1+3+3) // no alpha, version 0; no transform, no colour cache, no prefix image
	for range 5 {
		put(1, 4) // a simple code: one symbol, of one bit, 0
	}
	data := append([]byte{0x2f}, binary.LittleEndian.AppendUint64(nil, bits)...)
	data = append(data, make([]byte, 7)...)
	file := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(12+len(data)))
	file = binary.LittleEndian.AppendUint32(append(file, "WEBPVP8L"...), uint32(len(data)))
	return append(file, data...)
}

// TestWorkersWriteNoFiles: an image of 108 MB, which libvips would put into a temporary file
// by itself, is made in a process that can write none.
func TestWorkersWriteNoFiles(t *testing.T) {
	pool := newPool(t, worker.Config{})
	for _, format := range [...]transform.Format{transform.JPEG, transform.TIFF} {
		result, err := pool.Transform(context.Background(), transform.Job{Body: blackWebP(6000), Options: transform.Options{
			Crop: transform.Crop{Width: 5900}, Width: 300, Format: format,
		}})
		if err != nil || result.Width != 300 {
			t.Errorf("%s: %d wide, %v", format, result.Width, err)
		}
	}
}
