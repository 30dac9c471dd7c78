package config

import (
	"reflect"
	"strings"
	"time"
)

const variablePrefix = "GIP_"

// Setting describes one setting to people.
type Setting struct {
	Name     string // as [Config.Explicit] takes it: allow_networks
	Flag     string // --allow-networks; "" when no flag gives it
	Variable string // GIP_ALLOW_NETWORKS; "" when no variable gives it
	Key      string // in YAML: allow_networks; "" when the file may not give it
	Default  string // as a user would write it; "" is none
	Takes    string // what values it takes
	Example  string // one such value
	Help     string // whole sentences
	Group    string // the heading it stands under
	Secret   bool   // its value is never shown

	form, min, max string
	choices        []string
	list           bool // YAML may give a list
	index          int  // of the field in its struct
	kind           reflect.Type
}

// Settings gives every setting in the order of the fields of Config.
func Settings() []Setting {
	fields := reflect.TypeFor[Config]()
	var settings []Setting
	for i := range fields.NumField() {
		if field := fields.Field(i); field.IsExported() {
			settings = append(settings, newSetting(i, field))
		}
	}
	return settings
}

// Switch tells whether the flag may stand without a value, for true.
func (s Setting) Switch() bool { return s.kind.Kind() == reflect.Bool }

func newSetting(index int, field reflect.StructField) Setting {
	tag := field.Tag.Get
	s := Setting{
		Name: tag("name"), Default: tag("default"), Example: tag("example"), Help: tag("help"), Group: tag("group"),
		Secret: field.Type == reflect.TypeFor[Secret](),
		form:   tag("form"), min: tag("min"), max: tag("max"),
		list:  tag("list") != "" || field.Type.Kind() == reflect.Slice || field.Name == "AllowedSources",
		index: index, kind: field.Type,
	}
	if only := tag("only"); only != "yaml" {
		s.Flag = "--" + strings.ReplaceAll(s.Name, "_", "-")
		s.Variable = variablePrefix + strings.ToUpper(s.Name)
	}
	if only := tag("only"); only != "argv" {
		s.Key = s.Name
	}
	if choices := tag("choices"); choices != "" {
		s.choices = strings.Split(choices, ",")
	}
	s.Takes = s.takes(tag("takes"))
	if s.Example == "" {
		s.Example = s.Default
	}
	return s
}

// takes is the field's own words, or those for its type.
func (s Setting) takes(own string) string {
	switch {
	case own != "":
		return own
	case s.choices != nil:
		return strings.Join(s.choices, ", ")
	}
	switch s.kind {
	case reflect.TypeFor[bool]():
		return "true or false"
	case reflect.TypeFor[time.Duration]():
		return "a duration" + s.bounds()
	case reflect.TypeFor[ByteSize]():
		return "a size in B, KB, MB, GB or TB" + s.bounds()
	case reflect.TypeFor[int]():
		return "a whole number" + s.bounds()
	}
	return "text"
}

func (s Setting) bounds() string {
	text := ""
	if s.min != "" {
		text = " from " + s.min
	}
	if s.max != "" {
		text += " to " + s.max
	}
	return text
}
