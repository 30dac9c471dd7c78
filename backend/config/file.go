package config

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"go.yaml.in/yaml/v3"
)

// fromFile reads the YAML file; no path is no file.
func fromFile(settings []Setting, path string, read func(string) ([]byte, error)) (layer, []error) {
	if path == "" {
		return nil, nil
	}
	if read == nil {
		read = os.ReadFile
	}
	body, err := read(path)
	if err != nil {
		return nil, []error{fault.Wrap(fault.Invalid, err, "%s: the configuration file cannot be read", path)}
	}
	root, err := parseYAML(path, body)
	if err != nil || root == nil {
		return nil, asList(err)
	}
	return fromMapping(settings, path, root)
}

func asList(err error) []error {
	if err == nil {
		return nil
	}
	return []error{err}
}

// parseYAML gives the mapping that the file is, or nil when it is empty.
func parseYAML(path string, body []byte) (*yaml.Node, error) {
	var document, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(body))
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fault.New(fault.Invalid, "%s: not YAML: %s", path, yamlReason(err))
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "%s: has more than one YAML document; takes one", path)
	}
	root := resolved(document.Content[0])
	if isNull(root) {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fault.New(fault.Invalid, "%s: takes settings, one a line, for example listen: 0.0.0.0:8080", path)
	}
	return root, nil
}

// yamlReason drops what the parser quotes from the file: it may be part of a secret.
func yamlReason(err error) string {
	reason, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "yaml: "), "anchor '")
	return strings.TrimSpace(reason)
}

func fromMapping(settings []Setting, path string, root *yaml.Node) (layer, []error) {
	known := make(map[string]Setting)
	names := make(map[string]string)
	for _, s := range settings {
		if s.Key != "" {
			known[s.Key], names[s.Key] = s, s.Name
		}
	}
	entries, mistakes := entriesOf(path, "", root)
	found := make(layer)
	for _, e := range entries {
		s, ok := known[e.key]
		if !ok {
			mistakes = append(mistakes, unknown(e.where, e.key, "setting", listed, names))
			continue
		}
		value, err := s.read(e.where, e.value)
		value.file = path
		mistakes = append(mistakes, asList(err)...)
		if err == nil && value.where != "" {
			found[s.Name] = value
		}
	}
	return found, mistakes
}
