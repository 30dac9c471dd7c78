package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBundle(t *testing.T) {
	tests := []struct {
		name   string
		files  map[string]string
		want   string // part of the output
		refuse string // part of the error
	}{
		{"types are removed", map[string]string{"in.ts": "const n: number = 1; console.log(n)"}, "console.log(1)", ""},
		{"imports are followed", map[string]string{"in.ts": "import {x} from './x.ts'; console.log(x)", "x.ts": "export const x: string = 'there'"}, `"there"`, ""},
		{"new syntax is written for old browsers", map[string]string{"in.ts": "let a: any = null; a ??= 7; console.log(a)"}, "=7", ""},
		{"a mistake names its file", map[string]string{"in.ts": "const = 1"}, "", "in.ts"},
		{"an import that is not there", map[string]string{"in.ts": "import './gone.ts'"}, "", "gone.ts"},
		{"no entry point", map[string]string{}, "", "in.ts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := write(t, tt.files)
			size, err := script{in: "in.ts", out: "dist/out.js"}.bundle(root)
			if tt.refuse != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refuse) {
					t.Fatalf("got error %v, want one that names %q", err, tt.refuse)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			body, err := os.ReadFile(filepath.Join(root, "dist/out.js"))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(body), tt.want) || strings.Contains(string(body), "??=") {
				t.Errorf("got %q, want it to contain %q in the syntax of 2020", body, tt.want)
			}
			if size.raw != len(body) || size.gzipped == 0 {
				t.Errorf("got size %+v of %d bytes", size, len(body))
			}
		})
	}
}

// TestScripts bundles the repository's own scripts, into a folder of the test.
func TestScripts(t *testing.T) {
	for _, s := range append(scripts(), samples()...) {
		t.Run(s.out, func(t *testing.T) {
			s.out = filepath.Join(t.TempDir(), "out.js")
			if _, err := s.bundle("../../.."); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestExamples(t *testing.T) {
	files := map[string]string{"examples/pond/main.tsx": "", "examples/plain/index.html": "", "examples/dist/pond.js": ""}
	root := write(t, files)
	if found, err := examples(root); err != nil || found != nil {
		t.Errorf("got %v, %v; want none without node_modules", found, err)
	}
	files["node_modules/react/index.js"] = ""
	root = write(t, files)
	found, err := examples(root)
	if want := (script{in: "examples/pond/main.tsx", out: "examples/dist/pond.js"}); err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("got %v, %v; want %v alone", found, err, want)
	}
}

func write(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	for name, body := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
