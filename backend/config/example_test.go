package config

import (
	"bytes"
	"os"
	"regexp"
	"testing"
)

// TestExample: the example is right as it stands, and with each of its settings switched on.
func TestExample(t *testing.T) {
	file, err := os.ReadFile("../../examples/gip.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile(`(?m)^# ([a-z_]+: )`).ReplaceAll(file, []byte("$1"))
	if bytes.Equal(all, file) {
		t.Error("no setting is commented out")
	}
	for name, text := range map[string][]byte{"as it stands": file, "all of it": all} {
		t.Run(name, func(t *testing.T) {
			read := func(string) ([]byte, error) { return text, nil }
			config, err := Load(Input{Flags: map[string]string{"config": "gip.yaml"}, ReadFile: read})
			if err != nil || len(config.Sites) != 1 {
				t.Errorf("%d sites, %v", len(config.Sites), err)
			}
		})
	}
}
