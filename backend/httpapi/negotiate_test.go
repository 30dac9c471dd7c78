package httpapi

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestAccepted(t *testing.T) {
	tests := []struct{ name, header, want string }{
		{"nothing sent", "", "none"},
		{"a tool that takes anything", "*/*", "none"},
		{"chromium", "image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "avif+webp"},
		{"firefox", "image/avif,image/jxl,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "avif+webp"},
		{"safari", "image/webp,image/avif,image/jxl,image/heic,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "avif+webp"},
		{"old safari prefers png to what image/* stands for", "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "none"},
		{"webp only", "image/webp,*/*;q=0.8", "webp"},
		{"image/* holds both", "image/*", "avif+webp"},
		{"webp refused", "image/webp;q=0", "none"},
		{"webp refused beside image/*", "image/*,image/webp;q=0", "avif"},
		{"avif refused, written q=0.000", "image/avif;q=0.000,image/webp", "webp"},
		{"webp preferred", "image/avif;q=0.5,image/webp;q=0.9", "webp"},
		{"avif preferred", "image/avif,image/webp;q=0.9", "avif"},
		{"jpeg preferred", "image/jpeg,image/webp;q=0.1", "none"},
		{"upper case and spaces", " IMAGE/WEBP ; Q=1.0 , text/html", "webp"},
		{"a name inside another is not it", "image/webpx,ximage/webp", "none"},
		{"q malformed is no wish", "image/webp;q=abc", "none"},
		{"q above 1 is malformed", "image/webp;q=7", "none"},
		{"q NaN is malformed", "image/webp;q=NaN", "none"},
		{"other parameters are passed over", "image/webp;v=1;q=1", "webp"},
		{"twice: the higher counts", "image/webp;q=0.2,image/webp", "webp"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := accepted(test.header).String(); got != test.want {
				t.Errorf("accepted(%q) = %s, want %s", test.header, got, test.want)
			}
		})
	}
}

func TestWantsLessData(t *testing.T) {
	tests := map[string]bool{"on": true, " On ": true, "on;x=1": true, "": false, "off": false, "only": false, "1": false}
	for header, want := range tests {
		if got := wantsLessData(header); got != want {
			t.Errorf("wantsLessData(%q) = %t, want %t", header, got, want)
		}
	}
}

// FuzzAccepted: an image type that a header names with q=0 is never given.
func FuzzAccepted(f *testing.F) {
	for _, seed := range []string{"", "*/*", "image/*", "image/avif,image/webp;q=0.5", ";;q=,,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if strings.Contains(strings.ToLower(header), "image/webp") {
			return
		}
		if accepted(header + ",image/webp;q=0").Has(transform.WebP) {
			t.Fatalf("%q with webp refused still gives webp", header)
		}
	})
}
