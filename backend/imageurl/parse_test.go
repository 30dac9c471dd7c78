package imageurl

import (
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// The vectors prove texts; this proves that each option lands in its own field.
func TestParseFields(t *testing.T) {
	path := "/rt:fill-down/w:300/h:200/dpr:2/el:1/g:noea:1:-2/c:0.5:20:fp:0.1:0.9/q:80/f:avif/bg:010203" +
		"/exp:1893456000/cb:v2/fn:photo/att:1" + source
	got, err := Grammar{}.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	want := Request{
		Source: "https://example.com/a.jpg",
		Options: transform.Options{
			Resize: transform.FillDown, Width: 300, Height: 200, DPR: 2, Enlarge: true,
			Gravity: transform.Gravity{Anchor: transform.NorthEast, X: 1, Y: -2},
			Crop: transform.Crop{
				Width: 0.5, Height: 20, HasGravity: true,
				Gravity: transform.Gravity{Anchor: transform.FocusPoint, X: 0.1, Y: 0.9},
			},
			Quality: 80, Format: transform.AVIF,
			Background: transform.Color{R: 1, G: 2, B: 3}, HasBackground: true,
		},
		Expires:     time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
		Cachebuster: "v2", Filename: "photo", Attachment: true,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.String() != path {
		t.Errorf("got %q, want %q", got.String(), path)
	}
}

func TestMessageNeverRepeatsPassword(t *testing.T) {
	_, err := Grammar{}.Parse("/plain/https://user:secret%40example.com/a.jpg")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want an error without the password", err)
	}
}

func TestValidatePresets(t *testing.T) {
	g := Grammar{
		Levels: map[string]int{"low": 45},
		Only:   []string{"pr"},
		Presets: map[string]string{
			"good": "rs:fill:300:200/q:low", "number": "q:70", "wide": "w:wide", "loop": "pr:loop",
		},
	}
	mistakes := g.Validate()
	if len(mistakes) != 2 {
		t.Fatalf("got %v, want two mistakes", mistakes)
	}
	for i, want := range []string{`preset "loop"`, `preset "wide": w: "wide"`} {
		if got := fault.Message(mistakes[i]); !strings.Contains(got, want) {
			t.Errorf("got %s, want it to hold %s", got, want)
		}
	}
}

// Names must be unique over the whole table, or one option would hide another.
func TestOptionNames(t *testing.T) {
	seen := map[string]string{}
	for _, o := range options() {
		for _, name := range [...]string{o.name, o.also[0], o.also[1]} {
			if other, taken := seen[name]; taken && name != "" {
				t.Errorf("%q names both %q and %q", name, other, o.name)
			}
			seen[name] = o.name
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, row := range []struct{ name, path string }{
		{"plain", "/rs:fill:300:200/dpr:2/g:sm/f:auto" + source},
		{"base64", "/w:300/aHR0cHM6Ly9leGFtcGxlLmNvbS9hLmpwZw.webp"},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (Grammar{}).Parse(row.path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	r, err := Grammar{}.Parse("/rs:fill:300:200/dpr:2/g:sm/f:auto" + source)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = r.Key()
	}
}
