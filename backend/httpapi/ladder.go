package httpapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gip4all/gip4all/backend/transform"
)

// ladder is the variants of each source of an order, as browsers will ask for them.
type ladder struct {
	server  *Server
	policy  *site.Policy // nil: exact URLs
	grammar imageurl.Grammar
	paths   []string // options, without the source
	formats transform.FormatSet
}

func (s *Server) ladderOf(order warmOrder) (ladder, error) {
	l := ladder{server: s, grammar: s.exactGrammar(), formats: offered(nil)}
	widths := order.Widths
	if order.Site != "" {
		policy, known := s.Sites.Lookup(order.Site)
		if !known {
			return l, fault.New(fault.NotFound, "no site %q in the settings", order.Site)
		}
		l.policy, l.grammar, l.formats = &policy, SiteGrammar(policy), offered(siteVisitor(policy).formats)
		if len(widths) == 0 {
			widths = policy.Widths
		}
	}
	if len(widths) == 0 {
		widths = site.Site{}.WithDefaults().Widths
	}
	formats := order.Formats
	if len(formats) == 0 {
		formats = []string{"auto"}
	}
	for _, width := range slices.Sorted(slices.Values(widths)) {
		for _, format := range formats {
			options := append([]string{fmt.Sprintf("w:%d", width), "f:" + format}, order.Options...)
			l.paths = append(l.paths, "/"+strings.Join(options, "/"))
		}
	}
	return l, nil
}

// keys are those of one source, each once.
func (l ladder) keys(source string) ([]string, error) {
	var keys []string
	for _, path := range l.paths {
		request, err := l.grammar.Parse(path + imageurl.Request{Source: source}.String())
		if err == nil {
			err = l.allowed(request)
		}
		if err == nil {
			request, err = l.server.marked(request)
		}
		if err != nil {
			return nil, err
		}
		for _, variant := range l.negotiated(request) {
			if key := variant.Key(); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys, nil
}

func (l ladder) allowed(request imageurl.Request) error {
	if l.policy != nil {
		return siteSource(*l.policy, request)
	}
	if err := l.server.allowed(request.Source); err != nil {
		return err
	}
	return l.server.allowedMarks(request)
}

// negotiated is a request as three kinds of browsers make it: those that take AVIF and WebP,
// WebP alone, and neither.
func (l ladder) negotiated(request imageurl.Request) []imageurl.Request {
	if !request.Options.Format.Negotiated() {
		return []imageurl.Request{request}
	}
	var variants []imageurl.Request
	for _, accepts := range [...]transform.FormatSet{transform.Formats(transform.AVIF, transform.WebP), transform.Formats(transform.WebP), 0} {
		request.Options.Accepts = accepts & l.formats
		variants = append(variants, request)
	}
	return variants
}
