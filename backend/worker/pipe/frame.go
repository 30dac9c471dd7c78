// Package pipe is the talk between the pool and one worker process: length-prefixed frames
// over two pipes, the messages in them, the memory and file limits a worker puts on itself,
// and the worker's side of the talk ([Serve]).
//
// The promise: whatever arrives, reading it ends: a frame that is not ours, or longer than
// [MaxBody], is an error before its body is read.
//
// It starts no process and knows neither planning nor libvips; package child brings those.
package pipe

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxBody is the most bytes of an image that one frame carries, in either direction. The
// source's own limit is far below it; this bound holds against a worker gone wrong.
const MaxBody = 256 << 20

const (
	magic      = "gip1"    // a library that prints into the pipe is noticed at once
	maxHeader  = 64 << 10  // messages are a few hundred bytes, a failure's text is bounded
	prefixSize = 4 + 4 + 8 // magic, header bytes, body bytes; big-endian
)

// Size is how many bytes a frame's body of these parts has.
func Size(parts [][]byte) int {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	return size
}

// Write sends one frame: header as JSON, then the body's parts.
func Write(w io.Writer, header any, parts ...[]byte) error {
	size := Size(parts)
	if size > MaxBody {
		return fmt.Errorf("a body of %d bytes is over %d", size, MaxBody)
	}
	text, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("encode header: %w", err)
	}
	if len(text) > maxHeader {
		return fmt.Errorf("a header of %d bytes is over %d", len(text), maxHeader)
	}
	if _, err := w.Write(prefixed(text, size)); err != nil {
		return err
	}
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func prefixed(text []byte, bodySize int) []byte {
	head := make([]byte, 0, prefixSize+len(text))
	head = append(head, magic...)
	head = binary.BigEndian.AppendUint32(head, uint32(len(text)))
	head = binary.BigEndian.AppendUint64(head, uint64(bodySize))
	return append(head, text...)
}

// Read takes one frame: its header into header, its body returned (nil when empty). The
// error is io.EOF itself when the other side closed the pipe between two frames.
func Read(r io.Reader, header any) ([]byte, error) {
	return ReadInto(r, header, func(size int) []byte { return make([]byte, size) })
}

// ReadInto is Read with the body in what room gives for its size, once the header is read.
func ReadInto(r io.Reader, header any, room func(size int) []byte) ([]byte, error) {
	var prefix [prefixSize]byte
	if _, err := io.ReadFull(r, prefix[:]); err != nil {
		return nil, err
	}
	headerSize, bodySize, err := sizes(prefix)
	if err != nil {
		return nil, err
	}
	text, err := readExactly(r, make([]byte, headerSize))
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	if err := decodeStrictly(text, header); err != nil {
		return nil, fmt.Errorf("decode header: %w", err)
	}
	if bodySize == 0 {
		return nil, nil
	}
	body, err := readExactly(r, room(bodySize))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	return body, nil
}

func sizes(prefix [prefixSize]byte) (header, body int, err error) {
	if string(prefix[:4]) != magic {
		return 0, 0, fmt.Errorf("a frame starts with %q, not %q", prefix[:4], magic)
	}
	h, b := binary.BigEndian.Uint32(prefix[4:]), binary.BigEndian.Uint64(prefix[8:])
	if h > maxHeader || b > MaxBody {
		return 0, 0, fmt.Errorf("a frame of %d + %d bytes is over %d + %d", h, b, maxHeader, MaxBody)
	}
	return int(h), int(b), nil
}

func readExactly(r io.Reader, data []byte) ([]byte, error) {
	if _, err := io.ReadFull(r, data); err != nil {
		// The end in the middle of a frame is never a clean end.
		return nil, unexpected(err)
	}
	return data, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// decodeStrictly refuses unknown fields: they mean that the other side is another version.
func decodeStrictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return unexpected(err)
	}
	if decoder.More() {
		return errors.New("something follows the JSON value")
	}
	return nil
}
