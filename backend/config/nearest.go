package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// unknown words the mistake of a name that is no setting. Its value is never shown: it may be
// a secret under a misspelt name. otherwise is said when no known name is near.
func unknown(where, written, what, otherwise string, known map[string]string) error {
	if near := nearest(written, slices.Sorted(maps.Keys(known))); near != "" {
		return fault.New(fault.Invalid, "%s: unknown %s; did you mean %s?", where, what, near)
	}
	return fault.New(fault.Invalid, "%s: unknown %s; %s", where, what, otherwise)
}

// nearest gives the name that was most likely meant, or "" when none is near: at most one
// letter in four may differ. Case, - and _ do not count.
func nearest(written string, names []string) string {
	plain := strings.NewReplacer("-", "", "_", "")
	simple := func(name string) string { return plain.Replace(strings.ToLower(name)) }
	best, least := "", len(simple(written))/3+1
	for _, name := range names {
		if d := distance(simple(written), simple(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is Levenshtein's: the insertions, deletions and replacements from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
