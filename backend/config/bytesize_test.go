package config

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestByteSize(t *testing.T) {
	tests := []struct {
		name, text string
		want       ByteSize
		again      string // its one spelling
	}{
		{"nothing", "0", 0, "0"},
		{"nothing, with a unit", "0GB", 0, "0"},
		{"plain bytes", "1000", 1000, "1000B"},
		{"bytes", "512b", 512, "512B"},
		{"short unit", "64k", 64 << 10, "64KB"},
		{"binary unit", "64KiB", 64 << 10, "64KB"},
		{"megabytes", "1536MB", 1536 << 20, "1536MB"},
		{"rounded up a unit", "2048MB", 2 << 30, "2GB"},
		{"terabytes stay", "2048tb", 2048 << 40, "2048TB"},
		{"grouped", "1_024", 1024, "1KB"},
		{"the largest", "9223372036854775807", 1<<63 - 1, "9223372036854775807B"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseByteSize(test.text)
			if err != nil || got != test.want || got.String() != test.again {
				t.Errorf("%q is %d, written %s, %v; want %d, %s", test.text, got, got, err, test.want, test.again)
			}
		})
	}
}

func TestByteSizeMistakes(t *testing.T) {
	tests := []struct{ name, text string }{
		{"empty", ""}, {"only a unit", "MB"}, {"negative", "-1"}, {"plus", "+1"}, {"fraction", "1.5GB"},
		{"space", "1 GB"}, {"another unit", "1PB"}, {"unit twice", "1KMB"}, {"binary bytes", "1iB"}, {"half a unit", "1Ki"},
		{"only separators", "_"}, {"separator first", "_1"}, {"separator last", "1_"},
		{"too many bytes", "9223372036854775808"}, {"too many terabytes", "8388608TB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseByteSize(test.text)
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q is %d, %v", test.text, got, err)
			}
		})
	}
}

// FuzzByteSize: a text is no size, or its one spelling is the same size and its own spelling.
func FuzzByteSize(f *testing.F) {
	for _, seed := range []string{"0", "512", "64KB", "64kib", "1_000", "2048MB", "8388607TB", "-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		size, err := ParseByteSize(text)
		if err != nil {
			return
		}
		again, err := ParseByteSize(size.String())
		if err != nil || again != size || again.String() != size.String() || size < 0 {
			t.Errorf("%q is %d, written %s, which is %d, %v", text, size, size, again, err)
		}
	})
}
