package httpapi

import "testing"

func TestExtensionOf(t *testing.T) {
	for mediaType, want := range map[string]string{
		"image/jpeg": "jpg", "image/webp": "webp", "application/json": "json", "text/plain; charset=utf-8": "txt",
	} {
		if got := extensionOf(mediaType); got != want {
			t.Errorf("extensionOf(%q) = %q, want %q", mediaType, got, want)
		}
	}
}
