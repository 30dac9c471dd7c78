package imageurl

import (
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const source = "/plain/https://example.com/a.jpg"

func TestKeyNegotiated(t *testing.T) {
	for _, row := range []struct {
		name    string
		accepts transform.FormatSet
		want    string
	}{
		{"both", transform.Formats(transform.WebP, transform.AVIF), "/w:300/f:auto:avif+webp/cb:v2" + source},
		{"webp", transform.Formats(transform.WebP), "/w:300/f:auto:webp/cb:v2" + source},
		{"avif", transform.Formats(transform.AVIF), "/w:300/f:auto:avif/cb:v2" + source},
		{"neither", transform.Formats(), "/w:300/f:auto:none/cb:v2" + source},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Grammar{}.Parse("/att:1/fn:x/exp:1893456000/cb:v2/f:auto/w:300" + source)
			if err != nil {
				t.Fatal(err)
			}
			r.Options.Accepts = row.accepts
			if got := r.Key(); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
			checkKey(t, r)
		})
	}
}

// checkKey proves that the key gives back all that changes the image, and only that.
func checkKey(t *testing.T, r Request) {
	t.Helper()
	got, err := ParseKey(r.Key())
	if err != nil {
		t.Fatalf("ParseKey(%q): %v", r.Key(), err)
	}
	want := r
	want.Expires, want.Filename, want.Attachment = time.Time{}, "", false
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestParseKeyRefuses(t *testing.T) {
	for _, row := range []struct{ name, key string }{
		{"empty", ""},
		{"not canonical: a long name", "/width:300" + source},
		{"not canonical: another order", "/h:200/w:300" + source},
		{"not canonical: a default", "/q:0" + source},
		{"not canonical: base64", "/aHR0cHM6Ly9leGFtcGxlLmNvbS9hLmpwZw"},
		{"not canonical: an extension", source + "@png"},
		{"not negotiated", "/f:auto" + source},
		{"negotiated out of order", "/f:auto:webp+avif" + source},
		{"negotiated beyond auto", "/f:auto:png" + source},
		{"negotiated without auto", "/f:png:webp" + source},
		{"an expiry", "/exp:1893456000" + source},
		{"a file name", "/fn:x" + source},
		{"an attachment", "/att:1" + source},
		{"a preset", "/pr:x" + source},
		{"a newline", "/w:300" + source + "\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := ParseKey(row.key)
			if fault.KindOf(err) != fault.Invalid || err == nil || r != (Request{}) {
				t.Errorf("got %+v, %v; want nothing and an invalid key", r, err)
			}
		})
	}
}

// What the key leaves out is a decision; what it holds is every other option.
func TestKeyedOptions(t *testing.T) {
	var left []string
	for _, o := range options() {
		if o.write != nil && !o.keyed {
			left = append(left, o.name)
		}
	}
	if got := strings.Join(left, " "); got != "exp fn att" {
		t.Errorf("not in the key: %s; want exp fn att", got)
	}
}
