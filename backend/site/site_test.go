package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestWithDefaults(t *testing.T) {
	got := Site{Name: "blog"}.WithDefaults()
	if len(got.Widths) != 16 || got.Widths[0] != 32 || got.Widths[15] != 3840 {
		t.Errorf("the ladder is %v", got.Widths)
	}
	if !slices.Equal(got.Formats, []string{"avif", "webp", "jpeg", "png"}) {
		t.Errorf("the formats are %v", got.Formats)
	}
	if got.Qualities["low"] != 45 || got.Qualities["mid"] != 70 || got.Qualities["high"] != 85 {
		t.Errorf("the levels are %v", got.Qualities)
	}
	if got.Mode != On || got.Generation != 1 {
		t.Errorf("mode %q, generation %d", got.Mode, got.Generation)
	}
	if mistakes := got.Validate(); mistakes != nil {
		t.Error(mistakes)
	}
}

func TestWithDefaultsSharesNothing(t *testing.T) {
	given := Site{Name: "blog", Widths: []int{100}, Qualities: map[string]int{"low": 1}}
	filled := given.WithDefaults()
	filled.Widths[0], filled.Qualities["low"] = 200, 2
	if given.Widths[0] != 100 || given.Qualities["low"] != 1 {
		t.Error("a change of the copy changed the original")
	}
}

func TestValidate(t *testing.T) {
	many := make([]int, 65)
	for i := range many {
		many[i] = i + 1
	}
	tests := []struct {
		name string
		site Site
		says string // "" is valid
	}{
		{"only a name", Site{Name: "a-1"}, ""},
		{"everything", Site{
			Name: "blog", Sources: []string{"https://*.blog.example/media/", "local:///photos/"},
			Origins: []string{"https://blog.example", "http://localhost:3000", "http://[::1]:3000"},
			Widths:  []int{1, 16383}, Formats: []string{"gif", "avif"}, Qualities: map[string]int{"low": 1, "mid": 50, "high": 100},
			Presets: map[string]string{"card_2-x": "w:300"}, RequestsPerSecond: 5, Mode: Bypass, Generation: 7,
		}, ""},
		{"no name", Site{}, `site "": name: ""`},
		{"name too long", Site{Name: strings.Repeat("a", 33)}, "1 to 32"},
		{"name in capitals", Site{Name: "Blog"}, `"Blog"`},
		{"name with a dot", Site{Name: "blog.token"}, "a-z, 0-9 and -"},
		{"bad in the middle of a name", Site{Name: "a b"}, `"a b"`},
		{"source", Site{Name: "s", Sources: []string{"blog.example"}}, `site "s": sources: "blog.example" does not begin with`},
		{"source's form", Site{Name: "s", Sources: []string{"x"}}, "for example https://blog.example/media/"},
		{"origin with a path", Site{Name: "s", Origins: []string{"https://blog.example/x"}}, "scheme://host[:port]"},
		{"origin with a slash", Site{Name: "s", Origins: []string{"https://blog.example/"}}, "browsers send it: https://blog.example"},
		{"origin in capitals", Site{Name: "s", Origins: []string{"https://Blog.example"}}, "https://blog.example"},
		{"origin with its default port", Site{Name: "s", Origins: []string{"https://blog.example:443"}}, "send it: https://blog.example"},
		{"origin with a star", Site{Name: "s", Origins: []string{"https://*.example"}}, "origins"},
		{"origin null", Site{Name: "s", Origins: []string{"null"}}, `"null"`},
		{"origin local", Site{Name: "s", Origins: []string{"local://"}}, "origins"},
		{"width 0", Site{Name: "s", Widths: []int{0}}, "widths: 0; takes"},
		{"width too large", Site{Name: "s", Widths: []int{16384}}, "1 to 16383"},
		{"widths fall", Site{Name: "s", Widths: []int{200, 100}}, "100 after 200"},
		{"width twice", Site{Name: "s", Widths: []int{200, 200}}, "200 after 200"},
		{"too many widths", Site{Name: "s", Widths: many}, "65 of them; takes up to 64"},
		{"format", Site{Name: "s", Formats: []string{"jpg"}}, `"jpg"; takes avif, webp, jpeg, png, gif`},
		{"format twice", Site{Name: "s", Formats: []string{"png", "png"}}, `"png" twice`},
		{"quality 0", Site{Name: "s", Qualities: map[string]int{"low": 0, "mid": 1, "high": 2}}, "low: 0; takes"},
		{"quality 101", Site{Name: "s", Qualities: map[string]int{"low": 101, "mid": 1, "high": 2}}, "1 to 100"},
		{"level name", Site{Name: "s", Qualities: map[string]int{"low": 1, "mid": 1, "high": 2, "a-b": 3}}, `level "a-b"`},
		{"level missing", Site{Name: "s", Qualities: map[string]int{"low": 1, "mid": 1}}, `no level "high"`},
		{"preset name", Site{Name: "s", Presets: map[string]string{"a:b": ""}}, `name "a:b"`},
		{"requests", Site{Name: "s", RequestsPerSecond: -1}, "requests_per_second: -1"},
		{"mode", Site{Name: "s", Mode: "off"}, `mode: "off"; takes on, bypass or unregister`},
		{"generation", Site{Name: "s", Generation: -1}, "generation: -1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mistakes := test.site.Validate()
			if test.says == "" {
				if len(mistakes) > 0 {
					t.Fatal(mistakes)
				}
				return
			}
			if len(mistakes) != 1 || !strings.Contains(mistakes[0].Error(), test.says) {
				t.Fatalf("%v, want one mistake that says %q", mistakes, test.says)
			}
			if fault.KindOf(mistakes[0]) != fault.Invalid {
				t.Errorf("kind %s", fault.KindOf(mistakes[0]))
			}
		})
	}
}

func TestValidateReportsAll(t *testing.T) {
	bad := Site{
		Name: "A", Sources: []string{"x", "y"}, Origins: []string{"z"}, Widths: []int{0}, Formats: []string{"bmp"},
		Qualities: map[string]int{"low": 0, "mid": 0, "high": 0}, Presets: map[string]string{"!": ""},
		RequestsPerSecond: -1, Mode: "m", Generation: -1,
	}
	if got := len(bad.Validate()); got != 13 {
		t.Errorf("%d mistakes, want 13: %v", got, bad.Validate())
	}
}

func TestSet(t *testing.T) {
	set, err := NewSet([]Site{{Name: "shop"}, {Name: "blog", Sources: []string{"https://Blog.example:443/m"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Names(); !slices.Equal(got, []string{"blog", "shop"}) {
		t.Errorf("names %v", got)
	}
	blog, found := set.Lookup("blog")
	if !found || blog.Generation != 1 || blog.Sources.String() != "https://blog.example/m" {
		t.Errorf("blog is %+v, %v", blog, found)
	}
	if !slices.Equal(blog.Site.Sources, []string{"https://blog.example/m"}) {
		t.Errorf("its written sources are %v", blog.Site.Sources)
	}
	if shop, _ := set.Lookup("shop"); !shop.Sources.Empty() || shop.Site.Sources == nil {
		t.Errorf("shop's sources are %#v", shop.Site.Sources)
	}
	if _, found := set.Lookup("none"); found {
		t.Error("a site that nobody wrote was found")
	}
	if _, found := (Set{}).Lookup(""); found {
		t.Error("the empty set has a site")
	}
}

func TestSetReportsAll(t *testing.T) {
	_, err := NewSet([]Site{{Name: "blog", Mode: "x"}, {Name: "blog", Widths: []int{-1}}})
	for _, says := range []string{"twice", "mode", "widths"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("kind %s", fault.KindOf(err))
	}
}
