package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLibrary(t *testing.T) {
	root := t.TempDir()
	src := filepath.Join(root, "clients/pond/src")
	if err := os.MkdirAll(src, 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"index.ts":  "import { url } from '@gip4all/core'; import { shared } from './shared.ts'; export const pond = [url, shared] as const",
		"client.ts": "'use client'\nimport { shared } from './shared.ts'; export const client: string = shared",
		"shared.ts": "export const shared = 'one thing'",
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(src, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := (library{name: "pond", entries: []string{"index.ts", "client.ts"}}).bundle(root); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ file, want string }{
		{"esm/index.js", `from "@gip4all/core"`},
		{"cjs/index.js", `require("@gip4all/core")`},
		{"cjs/package.json", `"commonjs"`},
		{"esm/client.js", `"use client"`},
		{"cjs/client.js", `"use client"`},
	}
	for _, tt := range tests {
		body, err := os.ReadFile(filepath.Join(root, "clients/pond/dist", tt.file))
		if err != nil || !strings.Contains(string(body), tt.want) {
			t.Errorf("%s: got %q, %v; want it to contain %q", tt.file, body, err, tt.want)
		}
	}
	// React's contexts, say, are told apart by identity.
	for _, entry := range []string{"esm/index.js", "esm/client.js"} {
		if body, _ := os.ReadFile(filepath.Join(root, "clients/pond/dist", entry)); strings.Contains(string(body), "one thing") {
			t.Errorf("%s holds its own copy of what two entries share", entry)
		}
	}
}

func TestLibraryNamesItsMistakes(t *testing.T) {
	err := library{name: "gone", entries: []string{"index.ts"}}.bundle(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "clients/gone") {
		t.Errorf("got error %v, want one that names clients/gone", err)
	}
}

// TestSigning: whoever holds the key can sign anything, so what a browser loads must not even
// know how. The package's own entry for servers shows that the markers are the right ones.
func TestSigning(t *testing.T) {
	markers := []string{"gip:site:v1", "gip:url:v1", "HMAC"}
	signing := script{code: `export * from "@gip4all/core/sign"`, out: filepath.Join(t.TempDir(), "sign.js")}
	body := bundled(t, signing)
	for _, marker := range markers {
		if !strings.Contains(body, marker) {
			t.Errorf("@gip4all/core/sign does not hold %q: this test looks for nothing", marker)
		}
	}
	everything := scripts()
	for name := range aliases() {
		if !strings.HasSuffix(name, "/sign") {
			everything = append(everything, script{code: `export * from "` + name + `"`})
		}
	}
	for _, s := range everything {
		s.out = filepath.Join(t.TempDir(), "out.js")
		body := bundled(t, s)
		for _, marker := range markers {
			if strings.Contains(body, marker) {
				t.Errorf("%s%s holds %q", s.in, s.code, marker)
			}
		}
	}
}

func bundled(t *testing.T, s script) string {
	t.Helper()
	if _, err := s.bundle("../../.."); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(s.out)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
