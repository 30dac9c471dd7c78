package config

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// The README's table stands between these lines.
const (
	tableBegins = "<!-- settings -->"
	tableEnds   = "<!-- /settings -->"
)

// MarkdownTable is the settings as README.md shows them, with a line feed at the end.
func MarkdownTable() string {
	var text strings.Builder
	text.WriteString("| Variable | Flag | In YAML | Default | Takes | What it is |\n|---|---|---|---|---|---|\n")
	group := ""
	for _, s := range Settings() {
		if s.Group != group {
			group = s.Group
			text.WriteString("| **" + group + "** | | | | | |\n")
		}
		cells := []string{code(s.Variable), code(s.Flag), code(s.Key), code(s.Default), cell(s.takesExample()), cell(s.Help)}
		text.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return text.String()
}

// takesExample leaves the example out where the default already is one.
func (s Setting) takesExample() string {
	if s.Example == "" || s.Example == s.Default || s.choices != nil {
		return s.Takes
	}
	return s.Takes + ", for example `" + s.Example + "`"
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + cell(text) + "`"
}

// cell keeps a bar from ending the cell and a star from making text slanted.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, " * ", " `*` ").Replace(text)
}

// CheckReadme tells whether the README's table, between <!-- settings --> and
// <!-- /settings -->, is [MarkdownTable]; the error names the first line that differs.
func CheckReadme(readme string) error {
	_, rest, begins := strings.Cut(readme, tableBegins+"\n")
	table, _, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		return fault.New(fault.Invalid, "README.md has no table between the lines %s and %s", tableBegins, tableEnds)
	}
	got := strings.Split(strings.TrimSpace(table), "\n")
	want := strings.Split(strings.TrimSpace(MarkdownTable()), "\n")
	for i := range max(len(got), len(want)) {
		if have, need := lineAt(got, i), lineAt(want, i); have != need {
			return fault.New(fault.Invalid, "README.md: line %d of the settings table is\n%s\nand the settings say\n%s", i+1, have, need)
		}
	}
	return nil
}

func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		return "(nothing)"
	}
	return lines[i]
}
