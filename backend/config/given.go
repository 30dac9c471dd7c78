package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"go.yaml.in/yaml/v3"
)

// given is a value before it is parsed, and where the user wrote it.
type given struct {
	where string      // --listen, GIP_LISTEN or gip.yaml:3: listen; "" is nowhere
	text  string      // one value, or several with commas between
	items []string    // a YAML list
	pairs [][2]string // a YAML mapping of names to values
	sites *yaml.Node  // the YAML list of sites
	file  string      // that has them
}

// many gives the values of a list setting.
func (g given) many() []string {
	if g.items != nil || g.text == "" {
		return g.items
	}
	items := strings.Split(g.text, ",")
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}

// named gives the name=value pairs of a map setting. A name may stand once.
func (g given) named() (pairs [][2]string, problems []problem) {
	pairs = g.pairs
	for _, item := range g.many() {
		name, value, found := strings.Cut(item, "=")
		if !found {
			problems = append(problems, problem{item, "is not name=value"})
			continue
		}
		twice := slices.ContainsFunc(pairs, func(pair [2]string) bool { return pair[0] == name })
		if twice {
			problems = append(problems, problem{name, "appears twice"})
			continue
		}
		pairs = append(pairs, [2]string{name, value})
	}
	return pairs, problems
}

// problem is one value and what is wrong with it, as "is not a number".
type problem struct{ value, reason string }

// mistakes words problems for the user.
func (s Setting) mistakes(where string, problems []problem) []error {
	var mistakes []error
	for _, p := range problems {
		mistakes = append(mistakes, s.mistake(where, s.shown(p.value)+" "+p.reason))
	}
	return mistakes
}

func (s Setting) mistake(where, what string) error {
	takes := s.Takes
	if s.Example != "" {
		takes += ", for example " + s.Example
	}
	return fault.New(fault.Invalid, "%s: %s; takes %s", where, what, takes)
}

// shown is a value for a message: no secret, and nothing that may be a URL's password.
func (s Setting) shown(value string) string {
	if s.Secret {
		return hidden
	}
	if at := strings.LastIndexByte(value, '@'); at >= 0 {
		value = "…" + value[at:]
	}
	return strconv.Quote(value)
}
