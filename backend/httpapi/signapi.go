package httpapi

import (
	"crypto/subtle"
	"encoding/json"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gofiber/fiber/v2"
)

// signPath is the only part of the API that pages ask: what it gives is public once given.
const signPath = "/v1/sign"

// mostSigned is how many URLs one call may sign.
const mostSigned = 100

type signBody struct {
	Site string   `json:"site"` // NAME.TOKEN; with the admin token the name alone will do
	URLs []string `json:"urls"`
}

// signedBody answers for each URL: a token for /u/{site name}.{token}/…, or why there is none.
type signedBody struct {
	Tokens  map[string]string `json:"tokens"`
	Refused map[string]string `json:"refused"`
}

// signURLs answers POST /api/v1/sign: url tokens for sources that the site does not list. An
// Origin is no proof of anything outside browsers, so calls are limited for each site, and what a
// token opens is still fetched through every guard that sources have.
func (s *Server) signURLs(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodOptions {
		return preflight(c)
	}
	if c.Method() != fiber.MethodPost {
		c.Set(fiber.HeaderAllow, "POST, OPTIONS")
		return fault.New(fault.Invalid, "method %q is not allowed here; this takes POST", c.Method())
	}
	ask, err := parseSignBody(c.Body())
	if err != nil {
		return err
	}
	policy, err := s.signer(c, ask.Site)
	if err != nil {
		return err
	}
	return c.JSON(s.signAll(policy, ask.URLs))
}

// preflight lets a page's script send JSON, and a token.
func preflight(c *fiber.Ctx) error {
	c.Set(fiber.HeaderAccessControlAllowMethods, fiber.MethodPost)
	c.Set(fiber.HeaderAccessControlAllowHeaders, "Content-Type, Authorization")
	c.Set(fiber.HeaderAccessControlMaxAge, "86400")
	return c.SendStatus(fiber.StatusNoContent)
}

func parseSignBody(body []byte) (ask signBody, err error) {
	if err := json.Unmarshal(body, &ask); err != nil {
		return ask, fault.Wrap(fault.Invalid, err, `the body is not JSON like {"site":"NAME.TOKEN","urls":["https://…"]}`)
	}
	if len(ask.URLs) == 0 || len(ask.URLs) > mostSigned {
		return ask, fault.New(fault.Invalid, "urls has %d entries; it takes 1 to %d", len(ask.URLs), mostSigned)
	}
	return ask, nil
}

// signer says for which site this caller may sign: any, with the admin token; else the one whose
// token it shows, from a page of an origin that the site lists.
func (s *Server) signer(c *fiber.Ctx, named string) (site.Policy, error) {
	name, token, _ := strings.Cut(named, ".")
	policy, known := s.Sites.Lookup(name)
	if s.isAdmin(c) {
		if !known {
			return policy, fault.New(fault.NotFound, "there is no site %q", name)
		}
		return policy, nil
	}
	if !known {
		return policy, s.Ring.VerifySite("", name, 0)
	}
	if err := s.Ring.VerifySite(token, name, policy.Generation); err != nil {
		return policy, err
	}
	if !slices.Contains(policy.Origins, c.Get(fiber.HeaderOrigin)) {
		return policy, fault.New(fault.Denied, "this needs the admin token, or a page of an origin that site %q lists (origins: [https://…])", name)
	}
	return policy, s.signLimits.take(name)
}

// isAdmin compares the bearer token; an empty AdminToken is nobody's.
func (s *Server) isAdmin(c *fiber.Ctx) bool {
	token, bearer := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	return bearer && s.AdminToken != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.AdminToken)) == 1
}

func (s *Server) signAll(policy site.Policy, urls []string) signedBody {
	signed := signedBody{Tokens: map[string]string{}, Refused: map[string]string{}}
	for _, source := range urls {
		if err := s.signable(policy, source); err != nil {
			signed.Refused[source] = fault.Message(err)
		} else {
			signed.Tokens[source] = s.Ring.URLToken(policy.Name, policy.Generation, source)
		}
	}
	return signed
}

// signable refuses what would not be served, or not as the page has it.
func (s *Server) signable(policy site.Policy, source string) error {
	parsed, err := parseSource(source)
	if err != nil {
		return err
	}
	if parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" || parsed.User != nil {
		return fault.New(fault.Invalid, "only http and https URLs without a user name are signed here")
	}
	if strings.Contains(source, "#") || !site.Plain(source) {
		return fault.New(fault.Invalid, "the URL is not spelled as browsers send it: host in lower case, no empty segments, no needless escapes, no fragment")
	}
	if (parsed.RawQuery != "" || parsed.ForceQuery) && !policy.Queries {
		return fault.New(fault.Denied, "the URL has a query, which site %q does not allow (queries: true)", policy.Name)
	}
	return s.allowed(source)
}
