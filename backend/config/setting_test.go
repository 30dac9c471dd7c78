package config

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestSettingsExplainThemselves: every setting has its words, its default and example are
// values it takes, and the settings of a group stand together.
func TestSettingsExplainThemselves(t *testing.T) {
	seen := make(map[string]bool)
	last := ""
	for _, s := range Settings() {
		if s.Name == "" || s.Help == "" || s.Takes == "" || s.Group == "" || !strings.HasSuffix(s.Help, ".") {
			t.Errorf("%q has no name, help that ends in a period, takes or group", s.Name)
		}
		if s.Example == "" {
			t.Errorf("%s has no example", s.Name)
		}
		if seen["name "+s.Name] || s.Group != last && seen["group "+s.Group] {
			t.Errorf("%s or its group %s stands twice", s.Name, s.Group)
		}
		seen["name "+s.Name], seen["group "+s.Group], last = true, true, s.Group
		for _, text := range []string{s.Default, s.Example} {
			// Examples of secrets are commands, and sites are not written as one text.
			if s.Secret || s.Flag == "" {
				continue
			}
			field := reflect.New(s.kind).Interface()
			if mistakes := s.assign(field, given{where: s.Name, text: text}); mistakes != nil {
				t.Error(mistakes)
			}
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d names and groups were seen", len(seen))
	}
}

// TestVariables: other things rely on these names.
func TestVariables(t *testing.T) {
	byVariable := make(map[string]Setting)
	for _, s := range Settings() {
		byVariable[s.Variable] = s
	}
	for _, variable := range []string{
		"GIP_LISTEN", "GIP_DATA", "GIP_CONFIG", "GIP_LOCAL_ROOT", "GIP_KEYS", "GIP_INSECURE", "GIP_ALLOW_NETWORKS",
		"GIP_ALLOW_PORTS", "GIP_ALLOWED_SOURCES", "GIP_PUBLIC_URL", "GIP_ADMIN_TOKEN", "GIP_WORKERS", "GIP_DEMO",
	} {
		s := byVariable[variable]
		if want := "--" + strings.ReplaceAll(strings.ToLower(variable[len("GIP_"):]), "_", "-"); s.Flag != want {
			t.Errorf("%s has the flag %q, want %q", variable, s.Flag, want)
		}
	}
	for _, variable := range []string{"GIP_KEYS", "GIP_ADMIN_TOKEN"} {
		if !byVariable[variable].Secret {
			t.Errorf("%s is no secret", variable)
		}
	}
}

func TestGolden(t *testing.T) {
	tests := []struct{ name, file, got string }{
		{"help", "help.txt", Help()},
		{"table", "settings.md", MarkdownTable()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join("testdata", test.file)
			if *update {
				if err := os.WriteFile(path, []byte(test.got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if test.got != string(want) {
				t.Errorf("%s differs; go test ./backend/config -update rewrites it. Got\n%s", path, test.got)
			}
		})
	}
}

func TestHelpFitsATerminal(t *testing.T) {
	for line := range strings.Lines(Help()) {
		if words := strings.Fields(line); len([]rune(line)) > 80 && len(words) > 1 {
			t.Errorf("%d columns: %s", len([]rune(line)), line)
		}
	}
}

func TestCheckReadme(t *testing.T) {
	table := MarkdownTable()
	wrap := func(table string) string {
		return "# gip\n" + tableBegins + "\n" + table + tableEnds + "\nmore\n"
	}
	tests := []struct {
		name, readme, says string
	}{
		{"the table", wrap(table), ""},
		{"with blank lines around", wrap("\n" + table + "\n"), ""},
		{"no table", "# gip\n", "no table between"},
		{"no end", "# gip\n" + tableBegins + "\n" + table, "no table between"},
		{"an empty table", wrap(""), "line 1"},
		{"a line changed", wrap(strings.Replace(table, "`GIP_LISTEN`", "`GIP_LISEN`", 1)), "line 4"},
		{"a line too many", wrap(table + "| more |\n"), "(nothing)"},
		{"the last line missing", wrap(strings.Join(strings.SplitAfter(table, "\n")[:20], "")), "line 21"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := CheckReadme(test.readme)
			if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
}
