package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestShortRun measures everything briefly, on small painted photographs and without peers:
// every row must have its lines, and the documents must be written.
func TestShortRun(t *testing.T) {
	docs := t.TempDir()
	page := filepath.Join(docs, "performance.md")
	if err := os.WriteFile(page, []byte("above\n"+beginMark+"\nold\n"+endMark+"\nbelow\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, progress bytes.Buffer
	arguments := []string{"-short", "-gip", buildGip(t), "-module", "../../..", "-write", docs}
	if err := run(t.Context(), arguments, &out, &progress); err != nil {
		t.Fatalf("%v\n%s", err, &progress)
	}
	for number := 1; number < len(allRows()); number++ { // the last one draws
		if !strings.Contains(out.String(), fmt.Sprintf("\n| %d | ", number)) {
			t.Errorf("row %d is not in the table", number)
		}
	}
	if strings.Contains(out.String(), "failed") {
		t.Errorf("a row failed:\n%s", &out)
	}
	written, _ := os.ReadFile(page)
	if want := "above\n" + beginMark + "\n" + out.String() + endMark + "\nbelow\n"; string(written) != want {
		t.Errorf("performance.md is %s", written)
	}
	drawn, _ := os.ReadFile(filepath.Join(docs, "performance.svg"))
	if n := strings.Count(string(drawn), "<polyline"); n < 9 { // gip's rates, and its latencies twice
		t.Errorf("the drawing has %d lines", n)
	}
}

func buildGip(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "gip")
	for _, arguments := range [][]string{{"run", "./backend/cmd/bundle"}, {"build", "-o", binary, "./backend/cmd/gip"}} {
		command := exec.Command("go", arguments...)
		command.Dir = "../../.."
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)
		}
	}
	return binary
}
