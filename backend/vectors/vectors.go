// Package vectors holds the test data that Go, TypeScript and PHP all read, so that no two
// of them can disagree about a signature, a URL or a rewrite and both be green.
//
// The promise: a file is read by every implementation of what it describes, and each of
// them counts the vectors it ran against the file's "count".
//
// It holds no logic, and only tests import it: the product carries none of this.
package vectors

import "embed"

//go:embed *.json
var files embed.FS

// Read gives a file by its name, such as "sign.json". An unknown name is an error that
// is fs.ErrNotExist.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }
