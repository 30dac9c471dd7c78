package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/site"
	"go.yaml.in/yaml/v3"
)

// decodeSites reads the YAML list of sites as strictly as the settings themselves, and lets
// package site judge what it read.
func decodeSites(field *[]site.Site, g given) []error {
	var mistakes []error
	for i, node := range g.sites.Content {
		node = resolved(node)
		path := fmt.Sprintf("sites[%d]", i)
		where := fmt.Sprintf("%s:%d: %s", g.file, node.Line, path)
		if node.Kind != yaml.MappingNode {
			mistakes = append(mistakes, fault.New(fault.Invalid, "%s: is not a site; takes a mapping, for example {name: blog, sources: [https://blog.example/media/]}", where))
			continue
		}
		one, wrong := decodeSite(g.file, path+".", node)
		mistakes = append(mistakes, wrong...)
		mistakes = append(mistakes, at(where, one.Validate())...)
		*field = append(*field, one)
	}
	return append(mistakes, at(g.where, site.Duplicates(*field))...)
}

func at(where string, mistakes []error) []error {
	placed := make([]error, len(mistakes))
	for i, err := range mistakes {
		placed[i] = fault.New(fault.Invalid, "%s: %s", where, fault.Message(err))
	}
	return placed
}

func decodeSite(file, parent string, mapping *yaml.Node) (site.Site, []error) {
	var decoded site.Site
	fields := siteFields()
	names := make(map[string]string)
	for key := range fields {
		names[key] = key
	}
	value := reflect.ValueOf(&decoded).Elem()
	entries, mistakes := entriesOf(file, parent, mapping)
	for _, e := range entries {
		s, known := fields[e.key]
		if !known {
			mistakes = append(mistakes, unknown(e.where, e.key, "setting of a site", "takes "+strings.Join(slices.Sorted(maps.Keys(names)), ", "), names))
			continue
		}
		g, err := s.read(e.where, e.value)
		mistakes = append(mistakes, asList(err)...)
		mistakes = append(mistakes, s.assign(value.Field(s.index).Addr().Interface(), g)...)
	}
	return decoded, mistakes
}

// siteFields describes the fields of a site by their YAML keys.
func siteFields() map[string]Setting {
	fields := make(map[string]Setting)
	kind := reflect.TypeFor[site.Site]()
	for i := range kind.NumField() {
		field := kind.Field(i)
		key := field.Tag.Get("yaml")
		fields[key] = Setting{
			Name: key, Key: key, Takes: siteFieldTakes(field.Type),
			list: field.Type.Kind() == reflect.Slice, index: i, kind: field.Type,
		}
	}
	return fields
}

func siteFieldTakes(kind reflect.Type) string {
	switch kind {
	case reflect.TypeFor[int]():
		return "a whole number"
	case reflect.TypeFor[[]int]():
		return "whole numbers, for example [320, 640, 1280]"
	case reflect.TypeFor[[]string]():
		return "a list, for example [avif, webp]"
	case reflect.TypeFor[map[string]int]():
		return "names with whole numbers, for example {low: 45, mid: 70, high: 85}"
	case reflect.TypeFor[map[string]string]():
		return "names with options, for example {card: \"rs:fill:300:200\"}"
	}
	return "one value"
}
