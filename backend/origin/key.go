package origin

import (
	"strconv"
	"strings"
)

// limitMark parts a source from the limit of its bytes, where a request has one of its own. No
// source holds it. Such a request shares nothing with others: what is too large for one is not
// for the next.
const limitMark = "\x00"

func keyOf(address string, limit int64) string {
	if limit <= 0 {
		return address
	}
	return address + limitMark + strconv.FormatInt(limit, 10)
}

// SourceOf is the source of a key; it groups the keys of a disk layer.
func SourceOf(key string) string {
	address, _, _ := strings.Cut(key, limitMark)
	return address
}
