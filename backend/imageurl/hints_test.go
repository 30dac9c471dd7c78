package imageurl

import (
	"math"
	"testing"
)

func TestResolve(t *testing.T) {
	for _, row := range []struct {
		name, options string
		width         int
		dpr           float64
		want          string
	}{
		{"the width", "/w:auto", 640, 2, "/w:640"},
		{"the dpr", "/w:300/dpr:auto", 640, 1.5, "/w:300/dpr:1.5"},
		{"a dpr of 1 is none", "/w:300/dpr:auto", 640, 1, "/w:300"},
		{"nothing is auto", "/w:300/dpr:3", 640, 2, "/w:300/dpr:3"},
		{"both: the dpr counts once", "/w:auto/h:100/dpr:auto", 640, 2, "/w:320/h:100/dpr:2"},
		{"a given dpr counts once, too", "/w:auto/dpr:2", 640, 3, "/w:320/dpr:2"},
		{"no even division", "/w:auto/dpr:auto", 1600, 1.5, "/w:1067/dpr:1.5"},
		{"a dpr of almost nothing", "/w:auto/dpr:0.0001", 3840, 1, "/w:1000000/dpr:0.0001"},
		{"less than a pixel", "/w:auto/dpr:8", 1, 1, "/w:1/dpr:8"},
		{"in a size", "/s:auto:200", 640, 1, "/w:640/h:200"},
		{"a specific width wins", "/rs:fit:auto/w:50", 640, 1, "/w:50"},
		{"a specific auto wins", "/rs:fit:50/w:auto", 640, 1, "/w:640"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Grammar{}.Parse(row.options + source)
			if err != nil {
				t.Fatal(err)
			}
			resolved := r.Resolve(row.width, row.dpr)
			if got := resolved.Key(); got != row.want+source {
				t.Errorf("got %q, want %q", got, row.want+source)
			}
			checkFixedPoint(t, r)
			checkFixedPoint(t, resolved)
		})
	}
}

// Whatever the rung and the dpr: the result is the rung, to half a pixel for each unit of dpr.
func TestResolvedWidthIsTheRung(t *testing.T) {
	for rung := 1; rung < 4000; rung += 7 {
		for _, dpr := range []float64{1, 1.5, 2, 3} {
			r := Request{AutoWidth: true, AutoDPR: true}.Resolve(rung, dpr)
			if made := math.Round(float64(r.Options.Width) * dpr); rung > 3 && math.Abs(made-float64(rung)) > dpr/2+0.5 {
				t.Errorf("rung %d at %g is made %g wide", rung, dpr, made)
			}
		}
	}
}

// A cache key holds numbers only.
func TestKeysKnowNoAuto(t *testing.T) {
	for _, key := range []string{"/w:auto" + source, "/dpr:auto" + source} {
		if r, err := ParseKey(key); err == nil {
			t.Errorf("ParseKey(%q) = %+v", key, r)
		}
	}
}

// A site's rungs do not stop auto: it becomes one of them.
func TestAutoOnALadder(t *testing.T) {
	g := Grammar{Only: []string{"w"}, Widths: []int{320}}
	if r, err := g.Parse("/w:auto" + source); err != nil || !r.AutoWidth {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := g.Parse("/dpr:auto" + source); err == nil {
		t.Error("dpr:auto is not among Only and was taken")
	}
}
