package config

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/site"
	"go.yaml.in/yaml/v3"
)

// entry is one key of a YAML mapping.
type entry struct {
	where, key string
	value      *yaml.Node
}

// entriesOf lists a mapping's keys; each may stand once. parent is written before them.
func entriesOf(file, parent string, mapping *yaml.Node) (entries []entry, mistakes []error) {
	lines := make(map[string]int)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		// "admin_token:secret: x" is a key for YAML; what follows the colon is not shown.
		name, _, _ := strings.Cut(key.Value, ":")
		where := fmt.Sprintf("%s:%d: %s%s", file, key.Line, parent, name)
		if before, twice := lines[key.Value]; twice {
			mistakes = append(mistakes, fault.New(fault.Invalid, "%s: it stands in line %d too; takes one of them", where, before))
			continue
		}
		lines[key.Value] = key.Line
		entries = append(entries, entry{where, key.Value, resolved(mapping.Content[i+1])})
	}
	return entries, mistakes
}

// read takes a node apart as far as the setting's type allows. Null is nothing given.
func (s Setting) read(where string, node *yaml.Node) (given, error) {
	switch {
	case isNull(node) || node.Kind == yaml.ScalarNode && node.Value == "":
		return given{}, nil
	case s.kind == reflect.TypeFor[[]site.Site]() && node.Kind == yaml.SequenceNode:
		return given{where: where, sites: node}, nil
	case s.kind == reflect.TypeFor[[]site.Site]():
		return given{}, s.mistake(where, "is not a list")
	case node.Kind == yaml.ScalarNode:
		return given{where: where, text: node.Value}, nil
	case node.Kind == yaml.SequenceNode && s.list:
		return s.readList(where, node)
	case node.Kind == yaml.MappingNode && s.kind.Kind() == reflect.Map:
		return s.readMapping(where, node)
	case node.Kind == yaml.SequenceNode:
		return given{}, s.mistake(where, "is a list")
	}
	return given{}, s.mistake(where, "is a mapping")
}

func (s Setting) readList(where string, node *yaml.Node) (given, error) {
	items := []string{}
	for _, item := range node.Content {
		if item = resolved(item); item.Kind != yaml.ScalarNode {
			return given{}, s.mistake(where, "holds a list or mapping inside its list")
		}
		items = append(items, item.Value)
	}
	return given{where: where, items: items}, nil
}

func (s Setting) readMapping(where string, node *yaml.Node) (given, error) {
	pairs := [][2]string{}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], resolved(node.Content[i+1])
		switch {
		case value.Kind != yaml.ScalarNode || name.Kind != yaml.ScalarNode:
			return given{}, s.mistake(where, s.shown(name.Value)+" has no plain value")
		case seen[name.Value]:
			return given{}, s.mistake(where, s.shown(name.Value)+" appears twice")
		}
		seen[name.Value] = true
		pairs = append(pairs, [2]string{name.Value, value.Value})
	}
	return given{where: where, pairs: pairs}, nil
}

// resolved follows an alias to its anchor.
func resolved(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }
