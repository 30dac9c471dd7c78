package transform

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestRefusal(t *testing.T) {
	for _, row := range []struct{ name, head, want string }{
		{"nothing", "", "the source is empty"},
		{"a page", "<!doctype html><p>", "the source is text/html, not an image gip reads"},
		{"a document", "%PDF-1.7", "the source is application/pdf, not an image gip reads"},
		{"an image that is not read", "8BPS\x00\x01", "the source is image/vnd.adobe.photoshop, not an image gip reads"},
		{"an image that a setting allows", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "the source is image/svg+xml, not an image gip reads"},
		{"something", "\x00\x01\x02", "the source is application/octet-stream, not an image gip reads"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if err := Refusal([]byte(row.head)); fault.KindOf(err) != fault.Unsupported || fault.Message(err) != row.want {
				t.Errorf("%v, want %q", err, row.want)
			}
		})
	}
}
