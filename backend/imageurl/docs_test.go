package imageurl

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestImgproxyTable: docs/imgproxy.md promises exactly the options that there are, and none of
// those it calls refused.
func TestImgproxyTable(t *testing.T) {
	body, err := os.ReadFile("../../docs/imgproxy.md")
	if err != nil {
		t.Fatal(err)
	}
	works, rest, found := strings.Cut(string(body), "## Options that are refused")
	if !found {
		t.Fatal("the table of refused options is gone")
	}
	refused, _, _ := strings.Cut(rest, "## Where")
	for _, o := range options() {
		if !strings.Contains(works, "`"+o.name+"`") {
			t.Errorf("%s is not in the table", o.name)
		}
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z_-]+)`[^|]*\\|([^|]*)").FindAllStringSubmatch(works, -1)
	if len(rows) < 40 {
		t.Fatalf("only %d rows were read", len(rows))
	}
	for _, row := range rows {
		names := append([]string{row[1]}, quotedNames(row[2])...)
		for _, name := range names {
			if !known(name) {
				t.Errorf("the table promises %s, which is unknown", name)
			}
		}
	}
	for _, name := range quotedNames(refused) {
		if known(name) {
			t.Errorf("the table says that %s is refused", name)
		}
	}
}

func quotedNames(text string) []string {
	var names []string
	for _, match := range regexp.MustCompile("`([a-z_-]+)`").FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	return names
}

func known(name string) bool {
	for _, o := range options() {
		if o.answersTo(name) {
			return true
		}
	}
	return false
}
