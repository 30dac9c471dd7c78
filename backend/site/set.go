package site

import (
	"errors"
	"maps"
	"slices"

	"github.com/gip4all/gip4all/backend/fault"
)

// Policy is a valid site with its defaults filled in and its sources parsed. Nobody changes
// what it points to. Site.Sources holds the sources in their one spelling, never nil.
type Policy struct {
	Site
	Sources Patterns
}

// Set is the sites of one server by name. The zero value has none; it may be read from many
// goroutines at once.
type Set struct{ policies map[string]Policy }

// NewSet gives the set, or every mistake of every site joined; each is fault.Invalid. A name
// that appears twice is a mistake.
func NewSet(sites []Site) (Set, error) {
	mistakes := Duplicates(sites)
	set := Set{policies: make(map[string]Policy, len(sites))}
	for _, one := range sites {
		mistakes = append(mistakes, one.Validate()...)
		patterns, _ := ParsePatterns(one.Sources) // Validate has reported the mistakes
		policy := Policy{Site: one.WithDefaults(), Sources: patterns}
		policy.Site.Sources = patterns.List()
		set.policies[one.Name] = policy
	}
	if len(mistakes) > 0 {
		return Set{}, errors.Join(mistakes...)
	}
	return set, nil
}

// Duplicates gives a mistake for each site whose name an earlier one has.
func Duplicates(sites []Site) []error {
	var mistakes []error
	seen := make(map[string]bool, len(sites))
	for _, one := range sites {
		if seen[one.Name] {
			mistakes = append(mistakes, fault.New(fault.Invalid, "site %q: name: it appears twice; each site takes a name of its own", one.Name))
		}
		seen[one.Name] = true
	}
	return mistakes
}

// Lookup gives the policy of a site; false when there is no such site.
func (s Set) Lookup(name string) (Policy, bool) {
	policy, found := s.policies[name]
	return policy, found
}

// Names gives the sites' names in order.
func (s Set) Names() []string { return slices.Sorted(maps.Keys(s.policies)) }
