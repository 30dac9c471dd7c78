// Package config turns flags, GIP_* variables and a YAML file into one valid [Config].
//
// The promise: each setting is one field of Config, and its tags give its flag, its variable,
// its YAML key, its help and its line in the README; a flag wins over a variable, that over
// the file, and that over the default; every mistake and every unknown name is reported at
// once, and no message, log line or printed Config ever holds a secret.
//
// It opens nothing but the file: whether folders exist, what a key or a preset means and which
// port is free are for others to find out. No other package reads the environment.
package config
