package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/gip4all/gip4all/backend/site"
)

// checkSettings finds the mistakes that config cannot see: it knows neither signatures nor
// the grammar of URLs, nor this machine's folders.
func checkSettings(settings config.Config) []error {
	mistakes := append(checkKeys(settings), checkSealKeys(settings)...)
	mistakes = append(mistakes, checkPresets("presets", imageurl.Grammar{Presets: settings.Presets})...)
	for _, one := range settings.Sites {
		policy := site.Policy{Site: one.WithDefaults()}
		mistakes = append(mistakes, checkPresets("site "+one.Name, httpapi.SiteGrammar(policy))...)
	}
	mistakes = append(mistakes, checkFallbacks(settings)...)
	mistakes = append(mistakes, checkWatermark(settings)...)
	if settings.SVGPass && !settings.SVG {
		mistakes = append(mistakes, fault.New(fault.Invalid, "svg_pass (GIP_SVG_PASS): it passes SVG on only where svg (GIP_SVG) accepts it; set both"))
	}
	if root := settings.LocalRoot; root != "" {
		if info, err := os.Stat(root); err != nil || !info.IsDir() {
			mistakes = append(mistakes, fault.New(fault.Invalid, "local_root (GIP_LOCAL_ROOT): %q is not a folder that can be opened", root))
		}
	}
	return mistakes
}

func checkKeys(settings config.Config) []error {
	text := settings.Keys.Reveal()
	if text == "" {
		return nil
	}
	if _, err := sign.ParseRing(text, settings.SignatureSize); err != nil {
		return []error{fault.New(fault.Invalid, "keys (GIP_KEYS): %s; it takes hexkey:hexsalt pairs, comma-separated", fault.Message(err))}
	}
	for i, pair := range strings.Split(text, ",") {
		key, _, _ := strings.Cut(strings.TrimSpace(pair), ":")
		if len(key) < 2*shortestKey {
			return []error{fault.New(fault.Invalid, "keys (GIP_KEYS): the key of pair %d has %d bytes, and %d is the least that cannot be guessed", i+1, len(key)/2, shortestKey)}
		}
	}
	return nil
}

// shortestKey is the least bytes of a key: half of what HMAC-SHA256 can use (RFC 2104 §3 wants
// the whole).
const shortestKey = 16

// checkPresets reads every preset once, so that a mistake shows at the start and not at the
// first visitor.
func checkPresets(where string, grammar imageurl.Grammar) []error {
	var mistakes []error
	for _, mistake := range grammar.Validate() {
		mistakes = append(mistakes, fmt.Errorf("%s: %w", where, mistake))
	}
	return mistakes
}
