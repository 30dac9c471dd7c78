package httpapi

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gofiber/fiber/v2"
)

// configPath is what follows /s/{site}.{token} for the site's configuration.
const configPath = "/config.json"

// siteImage answers /s/{site}.{token}/{options}/{source} and /s/{site}.{token}/config.json.
func (s *Server) siteImage(c *fiber.Ctx, path string) error {
	policy, token, rest, err := s.lookup(path)
	if err != nil {
		return err
	}
	if err := s.Ring.VerifySite(token, policy.Name, policy.Generation); err != nil {
		return err
	}
	if rest == configPath && !wantsInfo(c) {
		return s.siteConfig(c, policy, token)
	}
	if err := s.limits.take(policy.Name); err != nil {
		return err
	}
	request, err := SiteGrammar(policy).Parse(rest)
	if err != nil {
		return err
	}
	if err := siteSource(policy, request); err != nil {
		return err
	}
	return s.answer(c, request, siteVisitor(policy))
}

// siteSource checks a source that a page names without a signature of its own.
func siteSource(policy site.Policy, request imageurl.Request) error {
	source, err := parseSource(request.Source)
	if err != nil || !policy.Sources.Match(source) {
		return fault.New(fault.Denied, "the source is not one that site %q lists", policy.Name)
	}
	if !site.Plain(request.Source) {
		return fault.New(fault.Denied, "the source is not spelled as browsers send it: host in lower case, no empty segments, no needless escapes")
	}
	if (source.RawQuery != "" || source.ForceQuery) && !policy.Queries {
		return fault.New(fault.Denied, "the source has a query, which site %q does not allow (queries: true)", policy.Name)
	}
	return nil
}

// urlImage answers /u/{site}.{token}/{options}/{source}: one source, listed or not, at any rung.
func (s *Server) urlImage(c *fiber.Ctx, path string) error {
	policy, token, rest, unknown := s.lookup(path)
	if rest == "" && unknown != nil {
		return unknown
	}
	// The source is read first also for an unknown site: it must not be told from a known one.
	_, source, _, err := imageurl.SplitSource(rest)
	if err != nil {
		return err
	}
	if unknown != nil {
		return unknown
	}
	if err := s.Ring.VerifyURL(token, policy.Name, policy.Generation, source); err != nil {
		return err
	}
	if err := s.limits.take(policy.Name); err != nil {
		return err
	}
	request, err := SiteGrammar(policy).Parse(rest)
	if err != nil {
		return err
	}
	if err := s.allowed(request.Source); err != nil {
		return err
	}
	return s.answer(c, request, siteVisitor(policy))
}

// lookup cuts "/{site}.{token}/rest". An unknown site is denied with the words of a wrong
// token: who guesses names learns nothing.
func (s *Server) lookup(path string) (policy site.Policy, token, rest string, err error) {
	if path == "" {
		return policy, "", "", fault.New(fault.NotFound, "there is nothing at this address")
	}
	first, rest := splitFirst(path)
	name, token, found := strings.Cut(first, ".")
	if !found {
		return policy, "", "", fault.New(fault.Invalid, "what follows /s/ or /u/ is not SITE.TOKEN")
	}
	policy, known := s.Sites.Lookup(name)
	if !known {
		return policy, "", rest, s.Ring.VerifySite("", name, 0)
	}
	return policy, token, rest, nil
}

// SiteGrammar is what a browser may write in a site's URLs: only what the design lists, from
// the site's own values.
func SiteGrammar(policy site.Policy) imageurl.Grammar {
	return imageurl.Grammar{
		Presets: policy.Presets,
		Levels:  policy.Qualities,
		Only:    []string{"w", "q", "f", "pr", "ph"},
		Widths:  policy.Widths,
		Formats: policy.Formats,
	}
}

func siteVisitor(policy site.Policy) visitor {
	formats := make([]transform.Format, 0, len(policy.Formats))
	for _, name := range policy.Formats {
		if format, err := transform.ParseFormat(name); err == nil {
			formats = append(formats, format)
		}
	}
	return visitor{formats: formats, lowQuality: policy.Qualities["low"], widths: policy.Widths, site: policy.Name}
}
