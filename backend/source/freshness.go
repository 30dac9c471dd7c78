package source

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxFreshness caps what origins claim: RFC 9111 speaks of a year as "forever".
const maxFreshness = 365 * 24 * time.Hour

// soonest is what an origin gets that wants its answer not kept: the shortest time that is
// not "did not say". Whoever makes something of the original may have a least time of its own.
const soonest = time.Second

// maxAge is how long the origin lets a shared cache keep its answer: s-maxage, else max-age;
// soonest for no-store, no-cache, private and a lifetime of nothing; 0 if it does not say.
func maxAge(header http.Header) time.Duration {
	var own, shared time.Duration
	for directive := range strings.SplitSeq(strings.Join(header.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "no-store", "no-cache", "private":
			return soonest
		case "max-age":
			own = seconds(value)
		case "s-maxage":
			shared = seconds(value)
		}
	}
	if shared > 0 {
		return shared
	}
	return own
}

// seconds reads a delta-seconds, quoted or not: 0 when it is none, soonest for zero.
func seconds(text string) time.Duration {
	number, err := strconv.ParseUint(strings.Trim(text, `"`), 10, 31)
	if err != nil {
		return 0
	}
	return min(max(time.Duration(number)*time.Second, soonest), maxFreshness)
}
