package source

import (
	"iter"
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

// Keeping is what an origin said about keeping its answer in a cache that many share
// (RFC 9111 §5.2.2, RFC 5861). The zero value: nothing.
type Keeping struct {
	Said    bool // there was a Cache-Control; a 304 without one changes nothing that was said before
	NoStore bool // not at all: no-store, private, or an answer that varies by everything
	NoCache bool // only if the origin is asked before each use

	// How long past its age the answer may be sent while it is asked for anew, and where that
	// fails. 0: it did not say; below 0: not at all.
	StaleWhile, StaleIfError time.Duration
}

// never is a time past its age for which an answer may not be sent.
const never = -1

// Strict is what may not be sent past its age.
func (k Keeping) Strict() Keeping {
	k.StaleWhile, k.StaleIfError = never, never
	return k
}

// keepingOf reads the header of an answer.
func keepingOf(header http.Header) Keeping {
	var k Keeping
	strict := false
	for name, value := range directives(header) {
		k.Said = true
		switch name {
		case "no-store", "private":
			k.NoStore = true
		case "no-cache":
			k.NoCache = true
		case "must-revalidate", "proxy-revalidate":
			strict = true
		case "stale-while-revalidate":
			k.StaleWhile = window(value)
		case "stale-if-error":
			k.StaleIfError = window(value)
		}
	}
	if strings.Contains(strings.Join(header.Values("Vary"), ","), "*") {
		k.NoStore = true
	}
	if strict || k.NoStore || k.NoCache {
		k = k.Strict()
	}
	return k
}

// window of 0 seconds is none at all.
func window(text string) time.Duration {
	if strings.Trim(strings.Trim(text, `"`), "0") == "" && text != "" {
		return never
	}
	return seconds(text)
}

// directives are the parts of Cache-Control, their names in lower case.
func directives(header http.Header) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for directive := range strings.SplitSeq(strings.Join(header.Values("Cache-Control"), ","), ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
			if name != "" && !yield(strings.ToLower(name), value) {
				return
			}
		}
	}
}

// maxAge is how long the origin lets a shared cache keep its answer from now on: s-maxage, else
// max-age, less the Age that another cache before it counted; soonest for no-store, no-cache,
// private and a lifetime of nothing; 0 if it does not say.
func maxAge(header http.Header) time.Duration {
	var own, shared time.Duration
	for name, value := range directives(header) {
		switch name {
		case "no-store", "no-cache", "private":
			return soonest
		case "max-age":
			own = seconds(value)
		case "s-maxage":
			shared = seconds(value)
		}
	}
	age := own
	if shared > 0 {
		age = shared
	}
	if age == 0 {
		return 0
	}
	return max(age-aged(header), soonest)
}

// aged is the Age of an answer (RFC 9111 §5.1), in whole seconds.
func aged(header http.Header) time.Duration {
	number, err := strconv.ParseUint(strings.TrimSpace(header.Get("Age")), 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(number) * time.Second
}

// seconds reads a delta-seconds, quoted or not: 0 when it is none, soonest for zero.
func seconds(text string) time.Duration {
	number, err := strconv.ParseUint(strings.Trim(text, `"`), 10, 31)
	if err != nil {
		return 0
	}
	return min(max(time.Duration(number)*time.Second, soonest), maxFreshness)
}
