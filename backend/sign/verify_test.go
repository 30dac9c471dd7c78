package sign

import (
	"strings"
	"testing"
)

func BenchmarkVerify(b *testing.B) {
	ring, err := ParseRing(strings.Repeat("ab", 32)+":"+strings.Repeat("cd", 32), 0)
	if err != nil {
		b.Fatal(err)
	}
	path := "/rs:fill:640:480/g:sm/q:70/f:auto/cb:3/plain/https://blog.example/media/2026/a%20photo.jpg"
	signature := ring.Sign(path)
	b.ReportAllocs()
	for b.Loop() {
		if err := ring.Verify(signature, path); err != nil {
			b.Fatal(err)
		}
	}
}
