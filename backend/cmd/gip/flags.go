package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
)

// settingFlags reads --name=value, --name value and bare --name for switches. Whether the
// names and values are right is config's to say.
func settingFlags(args []string) (map[string]string, error) {
	switches := map[string]bool{}
	for _, setting := range config.Settings() {
		switches[setting.Flag] = setting.Takes == "true or false"
	}
	flags := map[string]string{}
	var mistakes []error
	for len(args) > 0 {
		flag, value, hasValue := strings.Cut(args[0], "=")
		args = args[1:]
		name, isFlag := strings.CutPrefix(flag, "--")
		if !isFlag || name == "" {
			mistakes = append(mistakes, fmt.Errorf("%q is not a flag; flags start with --", flag))
			continue
		}
		if !hasValue {
			value, args, hasValue = nextValue(switches[flag], args)
		}
		if !hasValue {
			mistakes = append(mistakes, fmt.Errorf("%s needs a value", flag))
			continue
		}
		flags[name] = value
	}
	return flags, errors.Join(mistakes...)
}

func nextValue(isSwitch bool, args []string) (value string, rest []string, ok bool) {
	if isSwitch {
		return "true", args, true
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "--") {
		return "", args, false
	}
	return args[0], args[1:], true
}
