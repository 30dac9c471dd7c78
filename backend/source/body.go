package source

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// readBody reads a whole answer of at most limit bytes, before and after decompression.
// net/http itself fails a body shorter than its Content-Length or last chunk.
func readBody(response *http.Response, limit int64) ([]byte, error) {
	if response.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	received := &capped{from: response.Body, limit: limit}
	decoded, err := decode(received, response.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	return readAll(decoded, limit)
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

// readAll reads from to its end and refuses to go beyond limit.
func readAll(from io.Reader, limit int64) ([]byte, error) {
	var body bytes.Buffer
	if _, err := body.ReadFrom(&capped{from: from, limit: limit}); err != nil {
		return nil, err
	}
	if body.Len() == 0 {
		return nil, fault.New(fault.Unsupported, "the source is empty")
	}
	return body.Bytes(), nil
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
