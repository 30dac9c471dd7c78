package config

import (
	"errors"
	"os"
	"reflect"
)

// Input is where settings come from. The zero value gives the defaults.
type Input struct {
	Flags    map[string]string                 // by name without dashes: "allow-networks"
	Environ  []string                          // NAME=value, as os.Environ gives it
	ReadFile func(path string) ([]byte, error) // of the YAML file; nil is os.ReadFile
	Check    func(Config) []error              // more to check, so that it is reported with the rest; nil: nothing. A setting that was a mistake is zero here
}

// layer is what one place gives, by the name of the setting.
type layer map[string]given

// Load resolves every setting: flag, else variable, else YAML, else default. An empty value
// counts as not given, so that NAME= in a compose file changes nothing. The error joins every
// mistake; each is fault.Invalid and names the setting as it was written, the value unless it
// is secret, and what the setting takes.
func Load(in Input) (Config, error) {
	settings := Settings()
	flags, mistakes := fromFlags(settings, in.Flags)
	variables, wrong := fromEnviron(settings, in.Environ)
	mistakes = append(mistakes, wrong...)
	file, wrong := fromFile(settings, first("config", flags, variables).text, in.ReadFile)
	mistakes = append(mistakes, wrong...)

	config := Config{explicit: make(map[string]bool)}
	fields := reflect.ValueOf(&config).Elem()
	for _, setting := range settings {
		value := first(setting.Name, flags, variables, file)
		config.explicit[setting.Name] = value.where != ""
		if value.where == "" {
			value = given{where: setting.Name, text: setting.Default}
		}
		mistakes = append(mistakes, setting.assign(fields.Field(setting.index).Addr().Interface(), value)...)
	}
	if in.Check != nil {
		mistakes = append(mistakes, in.Check(config)...)
	}
	if len(mistakes) > 0 {
		return Config{}, errors.Join(mistakes...)
	}
	return config, nil
}

// FromProcess is Load with this process's environment and files.
func FromProcess(flags map[string]string, check func(Config) []error) (Config, error) {
	return Load(Input{Flags: flags, Environ: os.Environ(), ReadFile: os.ReadFile, Check: check})
}

// first gives the value of the first layer that has one, or the zero value.
func first(name string, layers ...layer) given {
	for _, one := range layers {
		if value, found := one[name]; found {
			return value
		}
	}
	return given{}
}
