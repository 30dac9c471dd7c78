package config

import "strings"

const helpWidth = 78

// Help is the settings as gip serve --help prints them, by group.
func Help() string {
	var text strings.Builder
	text.WriteString(wrapped("Each setting comes from its flag, else its variable, else the YAML file, "+
		"else its default. In the file, a setting is its flag without the dashes in front and with _ for "+
		"the others. Lists take commas, and in the file also YAML lists.", ""))
	group := ""
	for _, s := range Settings() {
		if s.Group != group {
			group = s.Group
			text.WriteString("\n" + group + "\n")
		}
		text.WriteString(s.help())
	}
	return text.String()
}

func (s Setting) help() string {
	head := s.Key + ": in the file only"
	if s.Flag != "" {
		head = s.Flag + ", " + s.Variable
	}
	words := s.Help + " Takes " + s.Takes
	switch {
	case s.Default != "":
		words += "; " + s.Default + " by default."
	case s.Example != "":
		words += ", for example " + s.Example
	}
	return "  " + head + "\n" + wrapped(words, "      ")
}

// wrapped breaks words into lines that begin with indent.
func wrapped(words, indent string) string {
	var text strings.Builder
	line := indent
	for word := range strings.FieldsSeq(words) {
		if line != indent && len([]rune(line))+len([]rune(word)) >= helpWidth {
			text.WriteString(line + "\n")
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return text.String() + line + "\n"
}
