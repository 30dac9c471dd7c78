package vips

import "testing"

func TestOutOfMemory(t *testing.T) {
	tests := map[string]bool{
		"vips_tracked: out of memory -- size == 36MB": true,
		"webpsave: failed to allocate":                true,
		"VipsJpeg: premature end of JPEG image":       false,
		"":                                            false,
	}
	for text, want := range tests {
		if got := outOfMemory(text); got != want {
			t.Errorf("outOfMemory(%q) = %t, want %t", text, got, want)
		}
	}
}
