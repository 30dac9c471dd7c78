package httpapi

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
)

// Purge says what the caches are to forget.
type Purge struct {
	Sources func(source string) bool // all that is kept of these sources
	Only    string                   // not "": the one source that Sources takes
	Variant func(key string) bool    // not nil: of images only these, and no originals
	Theirs  bool                     // with Variant: also the originals that those images were made of
}

// Purged is how much was forgotten.
type Purged struct {
	Removed   int `json:"removed"` // all together
	Images    int `json:"images"`
	Originals int `json:"originals"`
}

// purgeTimeout bounds a purge that has to read a whole disk.
const purgeTimeout = 10 * time.Minute

// cachePath is where the API's caches are.
const cachePath = "/v1/cache"

// purge answers DELETE /api/v1/cache with one of source, prefix, tag, site, url or all.
func (s *Server) purge(c *fiber.Ctx) error {
	what, err := s.selection(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), purgeTimeout)
	defer cancel()
	purged, err := s.Purge(ctx, what)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the purge is not complete")
	}
	purged.Removed = purged.Images + purged.Originals
	return c.JSON(purged)
}

func (s *Server) selection(c *fiber.Ctx) (Purge, error) {
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil || len(query) != 1 {
		return Purge{}, fault.New(fault.Invalid, "give one of source=URL, prefix=URL, tag=NAME, site=NAME, url=URL or all=true")
	}
	for name, values := range query {
		if len(values) != 1 || values[0] == "" {
			return Purge{}, fault.New(fault.Invalid, "%s takes one value", name)
		}
		return s.selected(name, values[0])
	}
	return Purge{}, nil
}

func (s *Server) selected(name, value string) (Purge, error) {
	switch name {
	case "source":
		_, err := imageurl.ParseSource(value)
		return Purge{Only: value, Sources: func(source string) bool { return source == value }}, err
	case "prefix":
		return prefixSelection(value)
	case "tag":
		return tagSelection(value)
	case "site":
		return s.siteSelection(value)
	case "url":
		return s.urlSelection(value)
	case "all":
		if value != "true" {
			return Purge{}, fault.New(fault.Invalid, "all takes true, not %q", value)
		}
		return Purge{Sources: func(string) bool { return true }}, nil
	}
	return Purge{}, fault.New(fault.Invalid, "unknown parameter %q: give one of source, prefix, tag, site, url or all", name)
}

// prefixSelection wants a scheme and more, so that a slip does not empty everything.
func prefixSelection(prefix string) (Purge, error) {
	scheme, rest, found := strings.Cut(prefix, "://")
	if !found || rest == "" || scheme != "http" && scheme != "https" && scheme != "local" {
		return Purge{}, fault.New(fault.Invalid, "prefix %q is not the beginning of a source such as https://blog.example/media/", prefix)
	}
	return Purge{Sources: func(source string) bool { return strings.HasPrefix(source, prefix) }}, nil
}

// tagSelection is the images that were asked for with a tag, and what they were made of: who
// purges by tag has changed what the tag stands for.
func tagSelection(tag string) (Purge, error) {
	return Purge{
		Sources: func(string) bool { return true },
		Variant: func(key string) bool { return imageurl.KeyTagged(key, tag) },
		Theirs:  true,
	}, imageurl.CheckTag(tag)
}

// siteSelection is everything below the sources that a site lists.
func (s *Server) siteSelection(name string) (Purge, error) {
	policy, known := s.Sites.Lookup(name)
	if !known {
		return Purge{}, fault.New(fault.NotFound, "there is no site %q", name)
	}
	return Purge{Sources: func(source string) bool {
		parsed, err := parseSource(source)
		return err == nil && policy.Sources.Match(parsed)
	}}, nil
}

// urlSelection is one image, in whatever formats, widths and qualities visitors may have been
// given at its address. Its signature does not matter: the token is the right to purge.
func (s *Server) urlSelection(address string) (Purge, error) {
	if !strings.HasPrefix(address, "/") {
		parsed, err := url.Parse(address)
		if err != nil || parsed.Host == "" {
			return Purge{}, fault.New(fault.Invalid, "url %q is neither the URL of an image nor its path", address)
		}
		_, rest, _ := strings.Cut(address, "://")
		address = rest[len(parsed.Host):]
	}
	requests, err := s.addressed(address)
	if err != nil {
		return Purge{}, err
	}
	source := requests[0].Source
	variants := make([]func(string) bool, len(requests))
	for i, request := range requests {
		if request, err = s.marked(request); err != nil {
			return Purge{}, err
		}
		variants[i] = request.Variants()
	}
	return Purge{
		Only: source, Sources: func(other string) bool { return other == source },
		Variant: func(key string) bool {
			for _, made := range variants {
				if made(key) {
					return true
				}
			}
			return false
		},
	}, nil
}

// addressed are the requests that a path may stand for: one, or two where Save-Data counts.
func (s *Server) addressed(path string) ([]imageurl.Request, error) {
	if path == "" || path == "/" {
		return nil, fault.New(fault.Invalid, "the url has no path")
	}
	first, rest := splitFirst(path)
	if first == "info" && rest != "" {
		requests, err := s.addressed(rest)
		for i, request := range requests {
			requests[i] = request.Info()
		}
		return requests, err
	}
	if first != "s" && first != "u" {
		request, err := s.exactGrammar().Parse(rest)
		return []imageurl.Request{request}, err
	}
	policy, _, rest, err := s.lookup(rest)
	if err != nil {
		return nil, err
	}
	request, err := SiteGrammar(policy).Parse(rest)
	saving := request
	saving.Options.Quality = siteVisitor(policy).lowQuality
	return []imageurl.Request{request, saving}, err
}
