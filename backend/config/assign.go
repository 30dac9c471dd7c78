package config

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/site"
)

// assign parses what was given into field, a pointer to the setting's field. Nothing given
// leaves the zero value.
func (s Setting) assign(field any, g given) []error {
	if g.text == "" && g.items == nil && g.pairs == nil && g.sites == nil {
		return nil
	}
	switch field := field.(type) {
	case *[]site.Site:
		return decodeSites(field, g)
	case *site.Patterns:
		return s.assignPatterns(field, g)
	}
	return s.mistakes(g.where, s.parse(field, g))
}

// parse knows every type that a field of Config or site.Site may have.
func (s Setting) parse(field any, g given) []problem {
	switch field := field.(type) {
	case *string:
		return one(field, g.text, s.parseText)
	case *site.Mode:
		return one(field, g.text, func(text string) (site.Mode, string) { return site.Mode(text), "" })
	case *Secret:
		return one(field, s.joined(g), parseSecret)
	case *bool:
		return one(field, g.text, parseBool)
	case *int:
		return one(field, g.text, s.parseInt)
	case *time.Duration:
		return one(field, g.text, s.parseDuration)
	case *ByteSize:
		return one(field, g.text, s.parseSize)
	case **url.URL:
		return one(field, g.text, parseOrigin)
	case *[]string:
		return each(field, g.many(), s.parseText)
	case *[]int:
		return each(field, g.many(), s.parseInt)
	case *[]netip.Prefix:
		return each(field, g.many(), parseNetwork)
	case *map[string]string:
		problems := named(field, g, parsePreset)
		return append(problems, s.nameProblems(g)...)
	case *map[string]int:
		return named(field, g, s.parseInt)
	}
	panic("config: no parser for the type of " + s.Name)
}

// parser gives a value, or the reason why there is none: "is not a whole number".
type parser[T any] func(text string) (T, string)

func one[T any](field *T, text string, parse parser[T]) []problem {
	value, reason := parse(text)
	if reason != "" {
		return []problem{{text, reason}}
	}
	*field = value
	return nil
}

func each[T any](field *[]T, texts []string, parse parser[T]) []problem {
	var problems []problem
	for _, text := range texts {
		value, reason := parse(text)
		if reason != "" {
			problems = append(problems, problem{text, reason})
			continue
		}
		*field = append(*field, value)
	}
	return problems
}

// nameProblems checks the names of the server's presets; package site checks those of sites.
func (s Setting) nameProblems(g given) []problem {
	var problems []problem
	pairs, _ := g.named()
	for _, pair := range pairs {
		if s.form == "presets" && !site.ValidPresetName(pair[0]) {
			problems = append(problems, problem{pair[0], "is not a preset's name"})
		}
	}
	return problems
}

// named fills a map, or leaves it nil, so that nobody complains of what could not be read.
func named[T any](field *map[string]T, g given, parse parser[T]) []problem {
	pairs, problems := g.named()
	values := make(map[string]T, len(pairs))
	for _, pair := range pairs {
		value, reason := parse(pair[1])
		if reason != "" {
			problems = append(problems, problem{pair[0] + ": " + pair[1], reason})
			continue
		}
		values[pair[0]] = value
	}
	if len(problems) == 0 {
		*field = values
	}
	return problems
}

func (s Setting) joined(g given) string {
	if !s.list {
		return g.text
	}
	return strings.Join(g.many(), ",")
}

// assignPatterns leaves the words to package site, which hides passwords itself.
func (s Setting) assignPatterns(field *site.Patterns, g given) []error {
	patterns, wrong := site.ParsePatterns(g.many())
	*field = patterns
	var mistakes []error
	for _, err := range wrong {
		mistakes = append(mistakes, s.mistake(g.where, fault.Message(err)))
	}
	return mistakes
}
