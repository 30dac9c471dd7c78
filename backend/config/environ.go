package config

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// listed says where the known names are to be found.
const listed = "gip serve --help lists them"

// fromFlags takes flags by name without dashes.
func fromFlags(settings []Setting, flags map[string]string) (layer, []error) {
	names := make(map[string]string)
	for _, s := range settings {
		names[s.Flag] = s.Name
	}
	delete(names, "") // settings without a flag
	found := make(layer)
	var mistakes []error
	for _, flag := range slices.Sorted(maps.Keys(flags)) {
		written := "--" + strings.TrimLeft(flag, "-")
		if name, known := names[written]; !known {
			mistakes = append(mistakes, unknown(written, written, "flag", listed, names))
		} else if text := flags[flag]; text != "" {
			found[name] = given{where: written, text: text}
		}
	}
	return found, mistakes
}

// fromEnviron takes variables that begin with GIP_. Of the same one twice, the first counts,
// as with os.Getenv.
func fromEnviron(settings []Setting, environ []string) (layer, []error) {
	names := make(map[string]string)
	for _, s := range settings {
		names[s.Variable] = s.Name
	}
	delete(names, "") // settings without a variable
	found := make(layer)
	var mistakes []error
	for _, entry := range slices.Sorted(slices.Values(environ)) {
		variable, text, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(variable, variablePrefix) || isServiceLink(variable, text) {
			continue
		}
		name, known := names[variable]
		if _, again := found[name]; !known {
			mistakes = append(mistakes, unknown(variable, variable, "variable", listed, names))
		} else if !again && text != "" {
			found[name] = given{where: variable, text: text}
		}
	}
	return found, mistakes
}

// isServiceLink recognises what Kubernetes and Docker put into every container beside a
// service called gip: GIP_SERVICE_HOST=…, GIP_PORT=tcp://…, GIP_PORT_8080_TCP_ADDR=….
func isServiceLink(variable, text string) bool {
	if strings.HasSuffix(variable, "_PORT") && strings.Contains(text, "://") {
		return true
	}
	link := regexp.MustCompile(`_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP|SCTP)(_|$)`)
	return link.MatchString(variable)
}
