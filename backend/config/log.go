package config

import (
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/site"
)

// LogValue gives the settings that have a value, by name, without secrets.
func (c Config) LogValue() slog.Value {
	fields := reflect.ValueOf(c)
	var attrs []slog.Attr
	for _, s := range Settings() {
		if text := printed(fields.Field(s.index).Interface()); text != "" {
			attrs = append(attrs, slog.String(s.Name, text))
		}
	}
	return slog.GroupValue(attrs...)
}

// printed is a field as a user would write it; of sites, the names.
func printed(field any) string {
	switch field := field.(type) {
	case *url.URL:
		if field == nil {
			return ""
		}
	case []int:
		return commaList(field)
	case []netip.Prefix:
		return commaList(field)
	case map[string]string:
		names := slices.Sorted(maps.Keys(field))
		for i, name := range names {
			names[i] = name + "=" + field[name]
		}
		return strings.Join(names, ",")
	case []site.Site:
		var names []string
		for _, one := range field {
			names = append(names, one.Name)
		}
		return strings.Join(names, ",")
	}
	return fmt.Sprint(field)
}

func commaList[T any](values []T) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, ",")
}
