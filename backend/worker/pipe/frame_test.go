package pipe

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestFramesComeBackAsSent(t *testing.T) {
	tests := []struct {
		name string
		job  Job
		body []byte
	}{
		{"empty", Job{}, nil},
		{"one byte", Job{ID: 1}, []byte{0}},
		{"all options", Job{ID: 1 << 63, Options: transform.Options{
			Resize: transform.Fill, Width: 300, Height: 200, DPR: 1.5, Enlarge: true,
			Gravity: transform.Gravity{Anchor: transform.FocusPoint, X: 0.25, Y: 1},
			Crop:    transform.Crop{Width: 0.5, HasGravity: true}, Quality: 70,
			Format: transform.Auto, Accepts: transform.Formats(transform.AVIF),
			Background: transform.Color{R: 1, G: 2, B: 3}, HasBackground: true,
		}}, []byte("image")},
		{"a megabyte", Job{ID: 7}, bytes.Repeat([]byte("gip1"), 1<<18)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var wire bytes.Buffer
			if err := Write(&wire, test.job, test.body); err != nil {
				t.Fatal(err)
			}
			var job Job
			body, err := Read(&wire, &job)
			if err != nil || !reflect.DeepEqual(job, test.job) || !bytes.Equal(body, test.body) {
				t.Errorf("got %+v and %d bytes, %v; want %+v and %d bytes", job, len(body), err, test.job, len(test.body))
			}
			if _, err := Read(&wire, &job); !errors.Is(err, io.EOF) {
				t.Errorf("after the last frame: got %v, want io.EOF", err)
			}
		})
	}
}

// frame makes one by hand, so that it can be wrong.
func frame(start string, header uint32, body uint64, rest string) string {
	text := binary.BigEndian.AppendUint32([]byte(start), header)
	return string(binary.BigEndian.AppendUint64(text, body)) + rest
}

func TestBadFramesAreErrors(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"half a prefix", "gip1\x00", "unexpected EOF"},
		{"a warning of a library", "VIPS-WARNING: something is odd", `starts with "VIPS"`},
		{"header too long", frame("gip1", maxHeader+1, 0, "{}"), "is over"},
		{"body too long", frame("gip1", 2, MaxBody+1, "{}"), "is over"},
		{"body of 16 exabytes", frame("gip1", 2, 1<<64-1, "{}"), "is over"},
		{"header missing", frame("gip1", 2, 0, ""), "read header: unexpected EOF"},
		{"header cut", frame("gip1", 9, 0, "{}"), "read header: unexpected EOF"},
		{"body missing", frame("gip1", 2, 1, "{}"), "read body: unexpected EOF"},
		{"body cut", frame("gip1", 2, 9, "{}body"), "read body: unexpected EOF"},
		{"no header", frame("gip1", 0, 0, ""), "decode header"},
		{"two headers", frame("gip1", 4, 0, "{}{}"), "decode header"},
		{"not JSON", frame("gip1", 2, 0, "<>"), "decode header"},
		{"a field of another version", frame("gip1", 11, 0, `{"Speed":99}`), "decode header"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var job Job
			_, err := Read(strings.NewReader(test.data), &job)
			if err == nil || errors.Is(err, io.EOF) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q that is not io.EOF", err, test.want)
			}
		})
	}
}

func TestWriteRefusesWhatReadWould(t *testing.T) {
	if err := Write(io.Discard, Job{}, make([]byte, MaxBody+1)); err == nil {
		t.Error("a body over the limit was sent")
	}
	if err := Write(io.Discard, Hello{Engine: strings.Repeat("x", maxHeader)}, nil); err == nil {
		t.Error("a header over the limit was sent")
	}
	if err := Write(io.Discard, func() {}, nil); err == nil {
		t.Error("a header that is not JSON was sent")
	}
}

// FuzzRead: Read fails, or what it gave is written and read again as the same.
func FuzzRead(f *testing.F) {
	var wire bytes.Buffer
	if err := Write(&wire, Reply{ID: 3, Format: transform.AVIF, Width: 3, Failure: &Failure{Message: "é"}}, []byte("x")); err != nil {
		f.Fatal(err)
	}
	f.Add(wire.String())
	f.Add(frame("gip1", 2, 3, "{}abc"))
	f.Fuzz(func(t *testing.T, data string) {
		var first, second Reply
		body, err := Read(strings.NewReader(data), &first)
		if err != nil {
			return
		}
		var wire bytes.Buffer
		if err := Write(&wire, first, body); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&wire, &second)
		if err != nil || !bytes.Equal(again, body) || !reflect.DeepEqual(first, second) {
			t.Errorf("got %+v %q %v, want %+v %q", second, again, err, first, body)
		}
	})
}
