package main

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
)

// pictures are the node's images, which there are only when the renderer under them is made.
type pictures struct{ node *node }

// Get asks the caches.
func (p pictures) Get(ctx context.Context, key string) (cache.Answer, error) {
	return p.node.images.Get(ctx, key)
}

// fallbackSource finds the picture for a failure: by its status, by the status' class, or any.
func fallbackSource(settings config.Config) func(fault.Kind) string {
	return func(failed fault.Kind) string {
		status := strconv.Itoa(httpapi.StatusOf(failed))
		for _, class := range [...]string{status, status[:1] + "xx"} {
			if source := settings.Fallbacks[class]; source != "" {
				return source
			}
		}
		return settings.Fallback
	}
}

// failures are the names that a fallback may be for.
func failures() []string {
	return []string{"404", "413", "415", "422", "502", "504", "4xx", "5xx"}
}

// checkFallbacks refuses pictures that could never be had.
func checkFallbacks(settings config.Config) []error {
	var mistakes []error
	note := func(where, problem string) {
		if problem != "" {
			mistakes = append(mistakes, fault.New(fault.Invalid, "%s: %s", where, problem))
		}
	}
	if settings.Fallback != "" {
		note("fallback (GIP_FALLBACK)", fallbackProblem(settings, settings.Fallback))
	}
	for _, status := range slices.Sorted(maps.Keys(settings.Fallbacks)) {
		if !slices.Contains(failures(), status) {
			note("fallbacks (GIP_FALLBACKS)", strconv.Quote(status)+" is not one of "+strings.Join(failures(), ", "))
			continue
		}
		note("fallbacks (GIP_FALLBACKS): "+status, fallbackProblem(settings, settings.Fallbacks[status]))
	}
	return mistakes
}

func fallbackProblem(settings config.Config, source string) string {
	request, err := imageurl.Grammar{}.Parse(imageurl.Request{Source: source}.String())
	if err != nil || request.Source != source {
		return fault.Message(err)
	}
	parsed, err := url.Parse(source)
	path, local := strings.CutPrefix(source, "local://")
	if local { // its path is taken literally
		parsed, err = &url.URL{Scheme: "local", Path: path}, nil
	}
	switch {
	case err != nil:
		return "the source is not a URL"
	case parsed.Scheme == "local" && settings.LocalRoot == "":
		return "a local source needs local_root (GIP_LOCAL_ROOT)"
	case !settings.AllowedSources.Empty() && !settings.AllowedSources.Match(parsed):
		return "the source is none of allowed_sources (GIP_ALLOWED_SOURCES)"
	}
	return ""
}
