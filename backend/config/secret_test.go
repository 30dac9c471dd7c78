package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const secret = "hunter2-and-more"

func TestSecretsAreNeverInMistakes(t *testing.T) {
	tests := []struct {
		name, file string
		flags      map[string]string
		environ    []string
	}{
		{"good secrets beside a mistake", "quality: 0\nadmin_token: " + secret, map[string]string{"keys": secret}, nil},
		{"bad by flag", "", map[string]string{"keys": secret + " x", "admin-token": " " + secret}, nil},
		{"bad by variable", "", nil, []string{"GIP_KEYS=ü" + secret, "GIP_ADMIN_TOKEN=a " + secret}},
		{"bad in the file", "keys: [a b, " + secret + "]\nadmin_token: [" + secret + "]", nil, nil},
		{"mapping", "keys: {" + secret + ": " + secret + "}\nadmin_token: {a: " + secret + "}", nil, nil},
		{"list in a list", "keys: [[" + secret + "]]", nil, nil},
		{"twice", "admin_token: " + secret + "\nadmin_token: " + secret, nil, nil},
		{"under misspelt names", "admin_tokn: " + secret, map[string]string{"key": secret}, []string{"GIP_KEY=" + secret}},
		{"broken YAML", "admin_token: '" + secret + "\n", nil, nil},
		{"unknown anchor", "admin_token: *" + secret, nil, nil},
		{"bad tag", "admin_token: !<" + secret + "\nx: [", nil, nil},
		{"URL", "demo: http://u:" + secret + "@h", nil, []string{"GIP_PUBLIC_URL=ftp://u:" + secret + "@h", "GIP_ALLOWED_SOURCES=https://u:" + secret + "@h"}},
		{"sites", "sites: [{name: a, sources: ['https://u:" + secret + "@h'], origins: ['https://u:" + secret + "@h']}]", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(test.file, test.flags, test.environ...)
			if err == nil {
				t.Fatal("no mistake")
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the secret is in %s", err)
			}
		})
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	config := mustLoad(t, "", map[string]string{"keys": secret, "admin-token": secret}, "GIP_QUALITY=41")
	if config.Keys.Reveal() != secret || config.AdminToken.Reveal() != secret {
		t.Fatal("the secrets themselves are lost")
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("start", "config", config, "token", config.AdminToken)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("start", "config", config, "token", config.AdminToken)
	inJSON, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"slog": log.String(), "JSON": string(inJSON),
		"%v": fmt.Sprintf("%v", config), "%+v": fmt.Sprintf("%+v", &config), "%#v": fmt.Sprintf("%#v", config),
		"%s": fmt.Sprintf("%s %q %x", config.Keys, config.Keys, config.Keys),
	} {
		if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
			t.Errorf("%s holds the secret: %s", name, text)
		}
	}
	for _, says := range []string{"config.quality=41", `"keys":"(hidden)"`, "config.admin_token=(hidden)", "token=(hidden)"} {
		if !strings.Contains(log.String(), says) {
			t.Errorf("the log does not say %s:\n%s", says, &log)
		}
	}
}

func TestLogValue(t *testing.T) {
	config := mustLoad(t, "sites: [{name: blog}, {name: shop}]", map[string]string{"presets": "b=w:1,a=w:2"},
		"GIP_ALLOW_PORTS=1,2", "GIP_ALLOW_NETWORKS=10.0.0.1", "GIP_PUBLIC_URL=https://h.example", "GIP_ALLOWED_SOURCES=https://h.example")
	got := make(map[string]string)
	for _, attr := range config.LogValue().Group() {
		got[attr.Key] = attr.Value.String()
	}
	for name, want := range map[string]string{
		"sites": "blog,shop", "presets": "a=w:2,b=w:1", "allow_ports": "1,2", "allow_networks": "10.0.0.1/32",
		"public_url": "https://h.example", "allowed_sources": "https://h.example/", "memory_cache": "256MB", "fetch_timeout": "20s",
	} {
		if got[name] != want {
			t.Errorf("%s is logged as %q, want %q", name, got[name], want)
		}
	}
	if _, found := got["keys"]; found {
		t.Error("a setting without a value is logged")
	}
}
