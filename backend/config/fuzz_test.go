package config

import (
	"errors"
	"strings"
	"testing"
)

// FuzzFile: a file is valid, or every mistake in it says where it is.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"listen: :80\nsites: [{name: blog, sources: [https://blog.example/]}]", "a: &a [*a]\nsites: *a",
		"sites: [~, [], {}, {name: ~, widths: x}]", "keys: [a, [b]]\n? [x]\n: y\n<<: {queue: 1}", "presets: {a: b, ~: ~}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		if file == "" {
			return
		}
		_, err := load(file, nil)
		if err == nil {
			return
		}
		joined, ok := errors.AsType[interface {
			error
			Unwrap() []error
		}](err)
		if !ok {
			t.Fatalf("not joined: %v", err)
		}
		for _, mistake := range joined.Unwrap() {
			if !strings.HasPrefix(mistake.Error(), "gip.yaml:") {
				t.Errorf("no place: %v", mistake)
			}
		}
	})
}
