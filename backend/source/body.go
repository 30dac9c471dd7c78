package source

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// readBody reads a whole answer of at most limit bytes, before and after decompression.
// net/http itself fails a body shorter than its Content-Length or last chunk.
func readBody(response *http.Response, limit int64, held *holding) ([]byte, error) {
	if response.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	received := &capped{from: response.Body, limit: limit}
	decoded, err := decode(received, response.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	size := response.ContentLength
	if decoded != io.Reader(received) {
		size = -1 // it is the encoded body's
	}
	return readAll(decoded, size, limit, held)
}

// decode undoes gzip, which some servers send unasked. We ask for no encoding, so any
// other is the origin's mistake.
func decode(body io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(body)
	}
	return nil, fault.New(fault.Upstream, "the origin sent a content encoding that was not asked for")
}

// step is the first buffer of a body of unknown size. Each next one is longer by half and a
// step, so that what is held is never far more than the body.
const step = 64 << 10

// readAll reads from to its end and refuses to go beyond limit. size is what it is said to
// have, below 0 if nothing was said. The buffer's bytes are taken from the budget before it
// is made, but for the few by which it is longer, to meet the end without growing.
func readAll(from io.Reader, size, limit int64, held *holding) ([]byte, error) {
	if size < 0 {
		size = min(step, limit)
	}
	from = &capped{from: from, limit: limit}
	var body []byte
	for {
		if len(body) == cap(body) {
			if err := held.grow(size); err != nil {
				return nil, err
			}
			body = append(make([]byte, 0, size+bytes.MinRead), body...)
			size = min(size+size/2+step, limit)
		}
		n, err := from.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if errors.Is(err, io.EOF) {
			return whole(body)
		}
		if err != nil {
			return nil, err
		}
	}
}

func whole(body []byte) ([]byte, error) {
	if len(body) == 0 {
		return nil, fault.New(fault.Unsupported, "the source is empty")
	}
	return body, nil
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "the source is larger than %d bytes", limit)
}

// capped is io.LimitedReader, but more than limit is an error and not an end. It counts
// compressed bytes as well, since empty gzip blocks are endless input without output.
type capped struct {
	from  io.Reader
	limit int64
	read  int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.read += int64(n)
	if c.read > c.limit {
		return 0, tooLarge(c.limit)
	}
	return n, err
}
