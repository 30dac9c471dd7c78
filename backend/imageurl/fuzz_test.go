package imageurl

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// seeds are the paths of all vectors.
func seeds(t testing.TB) []string {
	file := readVectors(t)
	var paths []string
	for _, v := range append(file.Valid, file.Invalid...) {
		paths = append(paths, v.Path)
	}
	return paths
}

// A fuzz target without seeds finds nothing and passes.
func TestSeeds(t *testing.T) {
	if got := len(seeds(t)); got < 100 {
		t.Errorf("got %d seeds, want at least 100", got)
	}
}

func FuzzCanonical(f *testing.F) {
	for _, path := range seeds(f) {
		f.Add(path)
	}
	grammars := []Grammar{
		{Presets: map[string]string{"thumb": "rs:fill:300:200/q:70", "soft": "pr:thumb/q:40"}},
		{Presets: map[string]string{"default": "bl:2/-/q:40", "two": "w:5/-/h:6"}},
		{Presets: map[string]string{"default": "q:40", "two": "w:5/-/h:6"}, OnlyPresets: true, Bounded: true},
		{Levels: map[string]int{"low": 45, "high": 85}, Only: []string{"w", "q", "f", "pr"}},
	}
	f.Fuzz(func(t *testing.T, path string) {
		for _, g := range grammars {
			r, err := g.Parse(path)
			if err != nil {
				checkRefusal(t, err)
				continue
			}
			checkFixedPoint(t, r)
			if r.Options.Format == transform.Auto {
				r.Options.Accepts = transform.Formats(transform.AVIF, transform.WebP)
				checkKey(t, r)
			}
		}
	})
}

func checkRefusal(t *testing.T, err error) {
	t.Helper()
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Denied {
		t.Errorf("%v: got the kind %s", err, kind)
	}
	checkMessage(t, err)
}
