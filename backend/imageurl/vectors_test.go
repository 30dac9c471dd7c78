package imageurl

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/vectors"
)

type vector struct {
	Name, Path, Canonical, Source, Key, Message, Kind string

	Grammar struct {
		Presets map[string]string
		Levels  map[string]int
		Only    []string
		Widths  []int
		Formats []string

		OnlyPresets bool
		Bounded     bool
	}
}

func (v vector) grammar() Grammar {
	g := v.Grammar
	return Grammar{Presets: g.Presets, Levels: g.Levels, Only: g.Only, Widths: g.Widths, Formats: g.Formats, OnlyPresets: g.OnlyPresets, Bounded: g.Bounded}
}

type vectorFile struct {
	Count          struct{ Valid, Invalid int }
	Valid, Invalid []vector
}

func readVectors(t testing.TB) vectorFile {
	t.Helper()
	var all vectorFile
	for _, name := range vectors.Names("url") {
		body, err := vectors.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		var file vectorFile
		if err := json.Unmarshal(body, &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(file.Valid) != file.Count.Valid || len(file.Invalid) != file.Count.Invalid {
			t.Errorf("%s says %+v and has %d and %d", name, file.Count, len(file.Valid), len(file.Invalid))
		}
		all.Valid, all.Invalid = append(all.Valid, file.Valid...), append(all.Invalid, file.Invalid...)
	}
	return all
}

// A file that was cut or not found must not pass as a test without failures.
func TestVectorCount(t *testing.T) {
	file := readVectors(t)
	if got := len(file.Valid); got < 119 {
		t.Errorf("%d valid vectors, at least 119 are wanted", got)
	}
	if got := len(file.Invalid); got < 188 {
		t.Errorf("%d invalid vectors, at least 188 are wanted", got)
	}
}

func TestValidVectors(t *testing.T) {
	for _, v := range readVectors(t).Valid {
		t.Run(v.Name, func(t *testing.T) {
			r, err := v.grammar().Parse(v.Path)
			if err != nil {
				t.Fatalf("Parse(%q): %v", v.Path, err)
			}
			if r.Source != v.Source {
				t.Errorf("source: got %q, want %q", r.Source, v.Source)
			}
			if got := r.String(); got != v.Canonical {
				t.Errorf("canonical: got %q, want %q", got, v.Canonical)
			}
			if got := r.Key(); v.Key != "" && got != v.Key {
				t.Errorf("key: got %q, want %q", got, v.Key)
			}
			checkFixedPoint(t, r)
		})
	}
}

func TestInvalidVectors(t *testing.T) {
	for _, v := range readVectors(t).Invalid {
		t.Run(v.Name, func(t *testing.T) {
			r, err := v.grammar().Parse(v.Path)
			if err == nil {
				t.Fatalf("Parse(%q) = %+v, want an error", v.Path, r)
			}
			if r != (Request{}) {
				t.Errorf("with an error got %+v, want nothing", r)
			}
			want := v.Kind
			if want == "" {
				want = fault.Invalid.String()
			}
			if got := fault.KindOf(err).String(); got != want {
				t.Errorf("kind: got %s, want %s", got, want)
			}
			if got := fault.Message(err); !strings.Contains(got, v.Message) {
				t.Errorf("message: got %s, want it to hold %s", got, v.Message)
			}
			checkMessage(t, err)
		})
	}
}

// checkFixedPoint proves the canonical form and the key of a parsed Request.
func checkFixedPoint(t *testing.T, r Request) {
	t.Helper()
	canonical := r.String()
	again, err := Grammar{}.Parse(canonical)
	if err != nil {
		t.Fatalf("Parse(%q): %v", canonical, err)
	}
	if again != r {
		t.Errorf("%q: got %+v, want %+v", canonical, again, r)
	}
	if got := again.String(); got != canonical {
		t.Errorf("got %q, want %q", got, canonical)
	}
	key := r.Key()
	keyed, err := ParseKey(key)
	if err != nil {
		t.Fatalf("ParseKey(%q): %v", key, err)
	}
	if got := keyed.Key(); got != key {
		t.Errorf("key: got %q, want %q", got, key)
	}
	r = r.each(func(p Pipeline) Pipeline { // a key is made when nothing is auto any more
		p.AutoWidth, p.AutoDPR = false, false
		return p
	})
	if keyed.Source != r.Source || keyed.Options != r.Options || keyed.Then != r.Then || keyed.Cachebuster != r.Cachebuster || keyed.Tags != r.Tags {
		t.Errorf("key %q: got %+v, want what changes the image of %+v", key, keyed, r)
	}
}

// checkMessage proves that what a visitor sends never comes back raw or at length.
func checkMessage(t *testing.T, err error) {
	t.Helper()
	message := fault.Message(err)
	if strings.ContainsFunc(message, unicode.IsControl) || len(message) > 1000 {
		t.Errorf("message is long or holds controls: %q", message)
	}
}
