package pipe

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestFailuresKeepKindAndMessage(t *testing.T) {
	tests := []struct {
		name    string
		err     error
		kind    fault.Kind
		message string
		text    string
	}{
		{"message only", fault.New(fault.TooLarge, "51 megapixels are over 50"),
			fault.TooLarge, "51 megapixels are over 50", "51 megapixels are over 50"},
		{"with a cause", fault.Wrap(fault.Broken, errors.New("VipsJpeg: premature end"), "the JPEG is broken"),
			fault.Broken, "the JPEG is broken", "the JPEG is broken: VipsJpeg: premature end"},
		{"wrapped once more", fmt.Errorf("probe: %w", fault.New(fault.Unsupported, "not an image")),
			fault.Unsupported, "not an image", "not an image: probe: not an image"},
		{"no kind: never shown", errors.New("secret"), fault.Internal, "internal error", "internal error: secret"},
		{"verbs are text", fault.New(fault.Invalid, "100%%s"), fault.Invalid, "100%s", "100%s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := NewFailure(test.err).Err()
			if fault.KindOf(err) != test.kind || fault.Message(err) != test.message || err.Error() != test.text {
				t.Errorf("got %v, %q, %q; want %v, %q, %q", fault.KindOf(err), fault.Message(err), err,
					test.kind, test.message, test.text)
			}
		})
	}
}

func TestFailureTextsAreBounded(t *testing.T) {
	long := strings.Repeat("é", maxText)
	failure := NewFailure(fault.Wrap(fault.Broken, errors.New(long), "%s", "x"+long))
	for _, text := range []string{failure.Message, failure.Cause} {
		if len(text) > maxText+len("…") || !utf8.ValidString(text) {
			t.Errorf("got %d bytes, valid UTF-8 %v", len(text), utf8.ValidString(text))
		}
	}
	// A worker gone wrong does not cut.
	wild := Failure{Kind: 250, Message: long, Cause: long}
	if err := wild.Err(); len(err.Error()) > 3*maxText || fault.KindOf(err).String() != "internal" {
		t.Errorf("got %d bytes of kind %v", len(err.Error()), fault.KindOf(err))
	}
}
