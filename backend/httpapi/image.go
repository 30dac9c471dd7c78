package httpapi

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gofiber/fiber/v2"
)

// exactImage answers /{signature}/{options}/{source}.
func (s *Server) exactImage(c *fiber.Ctx, path string) error {
	signature, rest := splitFirst(path)
	if rest == "" {
		return fault.New(fault.NotFound, "there is nothing at this address")
	}
	if !s.Insecure {
		if err := s.Ring.Verify(signature, rest); err != nil {
			return err
		}
	}
	request, err := s.exactGrammar().Parse(rest)
	if err != nil {
		return err
	}
	if err := errors.Join(s.allowed(request.Source), s.allowedFallback(request)); err != nil {
		return concealed(request, err)
	}
	if err := s.allowedMarks(request); err != nil {
		return err
	}
	return s.answer(c, request, visitor{exact: true})
}

// allowed checks the global list for exact URLs before the cache is asked: an entry that a
// site may have is not thereby everyone's.
func (s *Server) allowed(source string) error {
	if s.Allow == nil {
		return nil
	}
	parsed, err := parseSource(source)
	if err != nil {
		return err
	}
	if !s.Allow(parsed) {
		return fault.New(fault.Denied, "sources at %q are not allowed", parsed.Scheme+"://"+parsed.Host)
	}
	return nil
}

// parseSource reads a source for the allow-lists. The path of local:// is taken literally, as
// the fetcher does: '?' and '#' may stand in file names.
func parseSource(source string) (*url.URL, error) {
	if path, local := strings.CutPrefix(source, "local://"); local {
		return &url.URL{Scheme: "local", Path: path}, nil
	}
	parsed, err := url.Parse(source)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the source is not a URL")
	}
	return parsed, nil
}

// visitor is what negotiation may use of this visitor, by the policy of the URL's form.
type visitor struct {
	exact      bool               // the URL was signed as it is
	formats    []transform.Format // auto chooses among these; nil: all
	lowQuality int                // with Save-Data, quality goes down to this; 0: stays
	widths     []int              // w:auto is one of these; nil: the default ladder
	site       string             // whose limit counts; "": none does
}

// answer negotiates, asks the cache, and writes.
func (s *Server) answer(c *fiber.Ctx, request imageurl.Request, v visitor) error {
	if termsOf(request).over(s.Now()) {
		return fault.New(fault.NotFound, "this URL has expired")
	}
	request, err := s.marked(asked(c, request))
	if err != nil {
		return err
	}
	said := negotiate(c, &request, v)
	c.Locals(localVary, said.vary)
	ctx, cancel := context.WithTimeout(context.Background(), s.Timeout)
	defer cancel()
	key := request.Key()
	found, err := s.Images.Get(ctx, key)
	if err != nil {
		setVary(c)
		return concealed(request, err)
	}
	if failed, standsIn := stoodInFor(found.Entry); standsIn {
		return s.writeFallback(c, request, found, failed, v)
	}
	s.describeImage(c, request, found)
	s.remember(c, request, key, found, v, said)
	return s.write(c, found)
}

// negotiate turns auto and Save-Data into what the key holds, and names the Vary.
func negotiate(c *fiber.Ctx, request *imageurl.Request, v visitor) (n negotiated) {
	if width, dpr := request.Auto(); width || dpr {
		h := hints{header: func(name string) string { return c.Get(name) }}
		*request = h.resolve(*request, v.widths)
		n.hinted, n.vary = true, h.vary
		c.Set(headerAcceptCH, acceptedHints)
	}
	options := &request.Options
	if n.accepts = options.Format.Negotiated(); n.accepts {
		n.vary = append(n.vary, fiber.HeaderAccept)
		n.accepted = accepted(c.Get(fiber.HeaderAccept)) & offered(v.formats)
		options.Accepts = n.accepted
	}
	n.saves = v.lowQuality > 0 && options.StandIn == transform.Picture && (options.Quality == 0 || options.Quality > v.lowQuality)
	if n.saves {
		n.vary = append(n.vary, headerSaveData)
		if n.less = wantsLessData(c.Get(headerSaveData)); n.less {
			options.Quality = v.lowQuality
		}
	}
	return n
}

func offered(formats []transform.Format) transform.FormatSet {
	if formats == nil {
		return transform.Formats(transform.AVIF, transform.WebP)
	}
	return transform.Formats(formats...)
}
