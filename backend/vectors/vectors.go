// Package vectors holds the test data that Go, TypeScript and PHP all read, so that no two
// of them can disagree about a signature, a URL or a rewrite and both be green.
//
// The promise: a file is read by every implementation of what it describes, and each of
// them counts the vectors it ran against the file's "count".
//
// It holds no logic, and only tests import it: the product carries none of this.
package vectors

import (
	"embed"
	"strings"
)

//go:embed *.json
var files embed.FS

// Read gives a file by its name, such as "sign.json". An unknown name is an error that
// is fs.ErrNotExist.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }

// Names gives the files of one kind, in order: "url" has url.json and url-*.json.
func Names(kind string) []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); name == kind+".json" || strings.HasPrefix(name, kind+"-") {
			names = append(names, name)
		}
	}
	return names
}
