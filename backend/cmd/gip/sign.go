package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/gip4all/gip4all/backend/site"
)

// signCommand prints what only the holder of the keys can make.
type signCommand struct {
	Source  string   `arg:"" optional:"" help:"The image's URL: https://…, or local:///…."`
	Options []string `arg:"" optional:"" help:"Options in URL form: w:800 f:webp."`
	Seal    bool     `help:"Hide the source: an exact URL whose enc/ part only the server can open."`
	Site    string   `help:"Without a URL: print this site's token. With one: print a url-signed address of this site."`
	Shim    bool     `help:"With --site: print the one-line worker file for the site's root, /gip-sw.js."`
	Tag     bool     `help:"With --site: print the script tag for the site's pages."`
	Data    string   `help:"The data folder whose keys sign (GIP_DATA)."`
	Config  string   `help:"The YAML file that lists the sites (GIP_CONFIG)."`
}

// Run prints one line.
func (c signCommand) Run() error {
	settings, err := folderSettings(c.Data, c.Config)
	if err != nil {
		return usageError{err}
	}
	ring, err := existingRing(settings)
	if err != nil {
		return err
	}
	line, err := c.line(settings, ring)
	if err != nil {
		return usageError{err}
	}
	fmt.Println(line)
	return nil
}

func (c signCommand) line(settings config.Config, ring sign.Ring) (string, error) {
	if c.Shim && c.Tag {
		return "", errors.New("--shim and --tag print one line each: give one of them")
	}
	if c.Site != "" && c.Seal {
		return "", errors.New("--seal makes exact URLs: a site's addresses have no sealed sources")
	}
	if c.Site == "" {
		if c.Shim || c.Tag {
			return "", errors.New("--shim and --tag need --site NAME")
		}
		return c.exactURL(settings, ring)
	}
	policy, err := findSite(settings, c.Site)
	if err != nil {
		return "", err
	}
	token := ring.SiteToken(policy.Name, policy.Generation)
	switch endpoint := endpointOf(settings); {
	case c.Shim:
		return shimText(endpoint, policy.Name+"."+token), nil
	case c.Tag:
		return tagText(endpoint, policy.Name+"."+token), nil
	case c.Source != "":
		return c.siteURL(settings, ring, policy)
	}
	return token, nil
}

// exactURL signs for the owner, who may ask for anything.
func (c signCommand) exactURL(settings config.Config, ring sign.Ring) (string, error) {
	if c.Source == "" {
		return "", errors.New("give an image URL, or --site NAME")
	}
	path, err := c.path(imageurl.Grammar{
		Presets: settings.Presets, OnlyPresets: settings.OnlyPresets, Bounded: !settings.AllowSecurityOptions,
	})
	if err != nil {
		return "", err
	}
	if c.Seal {
		if path, err = c.sealed(settings, path); err != nil {
			return "", err
		}
	}
	return endpointOf(settings) + "/" + ring.Sign(path) + path, nil
}

// siteURL makes an address for one source that the site need not list.
func (c signCommand) siteURL(settings config.Config, ring sign.Ring, policy site.Policy) (string, error) {
	path, err := c.path(httpapi.SiteGrammar(policy))
	if err != nil {
		return "", err
	}
	token := ring.URLToken(policy.Name, policy.Generation, c.Source)
	return endpointOf(settings) + "/u/" + policy.Name + "." + token + path, nil
}

// path writes options and source as the grammar wants them, and checks them as the server will.
func (c signCommand) path(grammar imageurl.Grammar) (string, error) {
	path := ""
	for _, option := range c.Options {
		path += "/" + strings.Trim(option, "/")
	}
	path += imageurl.Request{Source: c.Source}.String()
	if _, err := grammar.Parse(path); err != nil {
		return "", err
	}
	return path, nil
}

func findSite(settings config.Config, name string) (site.Policy, error) {
	sites, err := site.NewSet(allSites(settings))
	if err != nil {
		return site.Policy{}, err
	}
	policy, known := sites.Lookup(name)
	if !known {
		return site.Policy{}, fmt.Errorf("no site %q in the settings; there are %q", name, sites.Names())
	}
	return policy, nil
}

// shimText is the worker file that a site hosts at its root: browsers take workers only from
// the site's own origin.
func shimText(endpoint, siteToken string) string {
	return fmt.Sprintf("self.gip={endpoint:%s,site:%s};importScripts(gip.endpoint+\"/gip-worker.js\")",
		quoted(endpoint), quoted(siteToken))
}

func tagText(endpoint, siteToken string) string {
	return fmt.Sprintf(`<script async src="%s/gip.js" data-site="%s"></script>`, endpoint, siteToken)
}

// quoted is text as a JavaScript string.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string always encodes
	return string(encoded)
}
