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
	settings := map[string]config.Setting{}
	for _, setting := range config.Settings() {
		settings[setting.Flag] = setting
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
		setting, known := settings[flag]
		if !hasValue && known {
			value, args, hasValue = nextValue(setting.Switch(), args)
		}
		if _, twice := flags[name]; twice {
			mistakes = append(mistakes, fmt.Errorf("%s is given twice", flag))
		}
		if !hasValue && known {
			mistakes = append(mistakes, fmt.Errorf("%s needs a value: it takes %s", flag, setting.Takes))
			continue
		}
		flags[name] = value // an unknown name is config's to report
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
