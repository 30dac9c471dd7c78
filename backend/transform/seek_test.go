package transform

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

// painter is a bench whose formats lose and weigh what their rows say.
type painter struct {
	flat    bool
	loss    func(f Format, quality int) float64
	size    func(f Format, quality int) int
	last    Trial
	encodes map[Format]int
	failing int // the encode that fails
}

var errPainter = errors.New("no paint")

func (p *painter) Flat() (bool, error) { return p.flat, nil }

func (p *painter) Encode(t Trial) ([]byte, error) {
	if p.encodes == nil {
		p.encodes = map[Format]int{}
	}
	p.encodes[t.Format]++
	if p.failing--; p.failing == 0 {
		return nil, errPainter
	}
	p.last = t
	size := p.size(t.Format, t.Quality)
	if t.Lossless {
		size = p.size(t.Format, 0)
	}
	return make([]byte, size), nil
}

func (p *painter) Loss([]byte) (float64, error) { return p.loss(p.last.Format, p.last.Quality), nil }

// usual is a bench as photographs are: PNG, or a quality of 0, is of no loss.
func usual() *painter {
	weight := map[Format]float64{JPEG: 1, WebP: .7, AVIF: .5}
	return &painter{
		loss: func(f Format, q int) float64 { return .3 * math.Exp(-.04*float64(q)) * (1 + weight[f]) },
		size: func(f Format, q int) int {
			if q == 0 || f == PNG {
				return 90_000
			}
			return int(weight[f] * (2000 + 20_000*math.Pow(float64(q)/100, 2)))
		},
	}
}

func TestSeekReachesTheTarget(t *testing.T) {
	for _, low := range []int{1, 40, 70} {
		for _, target := range []float64{.005, .01, .02, .05, .1} {
			for _, from := range []int{low, 80, 100} {
				t.Run(fmt.Sprint(low, target, from), func(t *testing.T) {
					p := usual()
					s := Search{Trials: []Trial{{Format: JPEG, Quality: from, Low: low, High: 100}}, Target: target, Error: .002, Tries: tries}
					found, err := s.Seek(p)
					if err != nil || p.encodes[JPEG] > tries {
						t.Fatalf("%v after %d encodes", err, p.encodes[JPEG])
					}
					atEnd := found.Quality == low && found.loss < target || found.Quality == 100 && found.loss > target
					between := found.loss <= target+.002 && p.loss(JPEG, found.Quality-1) > target // no lower one would do
					if !atEnd && !between && math.Abs(found.loss-target) > .002 {
						t.Errorf("ended at %d with %v", found.Quality, found.loss)
					}
				})
			}
		}
	}
}

func TestSeekBest(t *testing.T) {
	meta := func(f Format, alpha bool) Meta { return Meta{Format: f, Width: 90, Height: 80, Alpha: alpha, Pages: 1} }
	all := Formats(AVIF, WebP)
	for _, row := range []struct {
		name     string
		meta     Meta
		accepts  FormatSet
		change   func(*painter)
		want     Format
		lossless bool
	}{
		{"a photograph", meta(JPEG, false), all, nil, AVIF, false},
		{"without avif", meta(JPEG, false), Formats(WebP), nil, WebP, false},
		{"avif is larger here", meta(JPEG, false), all, func(p *painter) {
			size := p.size
			p.size = func(f Format, q int) int { return size(f, q) + map[Format]int{AVIF: 50_000}[f] }
		}, WebP, false},
		{"jpeg is the smallest", meta(JPEG, false), all, func(p *painter) {
			size := p.size
			p.size = func(f Format, q int) int { return size(f, q) + map[Format]int{AVIF: 50_000, WebP: 50_000}[f] }
		}, JPEG, false},
		{"a drawing that is flat", meta(PNG, false), all, func(p *painter) { p.flat = true }, PNG, true},
		{"a flat photograph is still one", meta(JPEG, false), all, func(p *painter) { p.flat = true }, AVIF, false},
		{"a small png", meta(PNG, false), all, func(p *painter) {
			size := p.size
			p.size = func(f Format, q int) int {
				return min(size(f, q), map[Format]int{PNG: 10, WebP: 1 << 30, AVIF: 1 << 30, JPEG: 1 << 30}[f])
			}
		}, PNG, true},
		{"transparent", meta(PNG, true), all, nil, AVIF, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := usual()
			if row.change != nil {
				row.change(p)
			}
			plan, err := MakePlan(row.meta, Options{Format: Best, Accepts: row.accepts}, Policy{})
			if err != nil || plan.Search == nil {
				t.Fatalf("%+v, %v", plan, err)
			}
			found, err := plan.Search.Seek(p)
			if err != nil || found.Format != row.want || found.Lossless != row.lossless {
				t.Errorf("found %v %d, %v", found.Format, found.Quality, err)
			}
			for f, n := range p.encodes {
				if n > bestTries+1 { // and once without loss
					t.Errorf("%v was encoded %d times", f, n)
				}
			}
		})
	}
}

func TestSeekBreaksOff(t *testing.T) {
	for failing := 1; failing < 6; failing++ {
		p := usual()
		p.failing = failing
		plan, err := MakePlan(Meta{Format: JPEG, Width: 90, Height: 80}, Options{Format: Best, Accepts: Formats(AVIF, WebP)}, Policy{})
		if err != nil {
			t.Fatal(err)
		}
		if found, err := plan.Search.Seek(p); err != nil && (!errors.Is(err, errPainter) || found.Body != nil) {
			t.Errorf("the %d. failed: %d bytes, %v", failing, len(found.Body), err)
		}
	}
}

func TestSearching(t *testing.T) {
	aq := func(m QualityMethod) Output {
		return Output{Auto: AutoQuality{Method: m, Target: map[QualityMethod]float64{BySize: 900}[m]}}
	}
	photo, all := Meta{Format: JPEG, Width: 900, Height: 800, Pages: 1}, Formats(AVIF, WebP)
	for _, row := range []struct {
		name   string
		meta   Meta
		o      Options
		trials int
		note   string
	}{
		{"nothing asked", photo, Options{}, 0, ""},
		{"best", photo, Options{Format: Best, Accepts: all}, 3, ""},
		{"best, and only jpeg is taken", photo, Options{Format: Best}, 0, ""},
		{"best of a drawing", Meta{Format: PNG, Width: 9, Height: 9}, Options{Format: Best, Accepts: all}, 5, ""},
		{"best of what is transparent, for old browsers", Meta{Format: PNG, Width: 9, Height: 9, Alpha: true}, Options{Format: Best}, 0, ""},
		{"best of many pixels", Meta{Format: JPEG, Width: 1001, Height: 1000}, Options{Format: Best, Accepts: all}, 0,
			"quality: not searched; 1001x1000 pixels are over the limit of 1000000"},
		{"best, to a target", photo, Options{Format: Best, Output: aq(ByLikeness)}, 1, ""},
		{"likeness", photo, Options{Output: aq(ByLikeness)}, 1, ""},
		{"size", photo, Options{Output: aq(BySize)}, 1, ""},
		{"png has no such quality", photo, Options{Format: PNG, Output: aq(ByLikeness)}, 0, ""},
		{"jpeg of more pixels than avif may have", Meta{Format: JPEG, Width: 2000, Height: 2000}, Options{Output: aq(ByLikeness)}, 1, ""},
		{"jpeg of many pixels", Meta{Format: JPEG, Width: 2001, Height: 2000}, Options{Output: aq(ByLikeness)}, 0, "quality: not searched; "},
		{"an animation", anim(GIF, 90, 80, 5), Options{Width: 9, Format: WebP, Output: aq(ByLikeness)}, 0, "quality: not searched; an animation"},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			trials := 0
			if plan.Search != nil {
				trials = len(plan.Search.Trials)
			}
			if trials != row.trials || len(plan.Note) < len(row.note) || plan.Note[:len(row.note)] != row.note || row.note == "" && plan.Note != "" {
				t.Errorf("%d trials, note %q", trials, plan.Note)
			}
		})
	}
}

func TestRange(t *testing.T) {
	for _, row := range []struct {
		format              Format
		least, most         int
		wantLeast, wantMost int
	}{
		{JPEG, 0, 0, 70, 80}, {AVIF, 0, 0, 60, 65}, {JPEG, 90, 0, 90, 90}, {JPEG, 0, 50, 50, 50}, {AVIF, 70, 80, 70, 80}, {WebP, 30, 0, 30, 80},
	} {
		low, high := AutoQuality{Min: row.least, Max: row.most}.Range(row.format)
		if low != row.wantLeast || high != row.wantMost {
			t.Errorf("%v %d %d: %d to %d", row.format, row.least, row.most, low, high)
		}
	}
}
