package source

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/gip4all/gip4all/backend/fault"
)

// accept asks a negotiating origin for what it has rather than for a modern, lossy copy
// of it: avif and webp are readable, but not named, since many servers ignore q-values.
const accept = "image/png,image/jpeg,image/gif,image/*;q=0.8,*/*;q=0.1"

func (f *Fetcher) openHTTP(ctx context.Context, u *url.URL, held *holding, have Validator) (Original, error) {
	if !f.allowed(u) {
		return Original{}, fault.New(fault.Denied, "source %s is not allowed", u.Host)
	}
	release, err := f.shares.acquire(ctx, u.Host)
	if err != nil {
		return Original{}, explain(ctx, u.Host, err)
	}
	defer release()
	// One deadline over redirects, headers and body: a limit per read would let an
	// origin that drips live for ever.
	limited, cancel := context.WithTimeout(ctx, f.config.Timeout)
	defer cancel()
	c := chain{fetcher: f, transport: f.transportOf(u), at: u, name: u.Host, held: held, have: have}
	original, err := c.download(limited)
	if err != nil {
		return Original{}, explain(ctx, c.name, err)
	}
	return original, nil
}

// transportOf: an address of this machine's own holds only for a source that names it, as
// localhost or by its number. Another name may resolve to it, but was not meant.
func (f *Fetcher) transportOf(u *url.URL) *http.Transport {
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || host == "localhost" {
		return f.own
	}
	return f.other
}

// chain is one download on its way from hop to hop.
type chain struct {
	fetcher   *Fetcher
	transport *http.Transport
	at        *url.URL
	name      string // what messages call this hop; never where a redirect led
	held      *holding
	have      Validator
}

func (c *chain) download(ctx context.Context) (Original, error) {
	for range c.fetcher.config.MaxRedirects + 1 {
		request := c.request(ctx)
		conditional := c.have.ask(request)
		response, err := c.transport.RoundTrip(request)
		if err != nil {
			return Original{}, err
		}
		if !isRedirect(response.StatusCode) {
			defer response.Body.Close()
			if conditional && response.StatusCode == http.StatusNotModified {
				return notModified(response.Header, c.have), nil
			}
			return c.read(response)
		}
		response.Body.Close()
		if err := c.follow(response.Header.Get("Location")); err != nil {
			return Original{}, err
		}
	}
	return Original{}, fault.New(fault.Upstream, "more than %d redirects", c.fetcher.config.MaxRedirects)
}

// request is built around the URL that was checked: printing and parsing it again could
// give another one.
func (c *chain) request(ctx context.Context) *http.Request {
	header := http.Header{
		"Accept":          {accept},
		"Accept-Encoding": {"identity"},
		"User-Agent":      {c.fetcher.config.UserAgent},
	}
	request := &http.Request{Method: http.MethodGet, URL: c.at, Host: c.at.Host, Header: header}
	return request.WithContext(ctx)
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// follow moves to where a redirect points. From https to http is allowed: the bytes are
// public, and operators who mind list https:// sources only. Once the chain has left the
// origin it began at, Config.AllowAddresses no longer holds, even on the way back.
func (c *chain) follow(location string) error {
	if location == "" {
		return fault.New(fault.Upstream, "a redirect says not where to")
	}
	next, err := c.at.Parse(escapeStray(location))
	if err != nil {
		return fault.Wrap(fault.Upstream, err, "a redirect's location is not a URL")
	}
	if err := cleanURL(next); err != nil {
		return fault.Wrap(fault.Denied, err, "a redirect's location is not allowed")
	}
	if !c.fetcher.allowed(next) {
		return fault.New(fault.Denied, "a redirect leaves the allowed sources")
	}
	if next.Scheme != c.at.Scheme || next.Host != c.at.Host {
		c.transport = c.fetcher.other
	}
	c.at = next
	return nil
}

func (c *chain) read(response *http.Response) (Original, error) {
	switch status := response.StatusCode; status {
	case http.StatusOK:
	// An origin that keeps an image from strangers is well: to us the image is not there. Were it
	// a failure, three images for members only would make workers keep away from the backend.
	case http.StatusNotFound, http.StatusGone, http.StatusUnauthorized, http.StatusForbidden:
		return Original{}, fault.New(fault.NotFound, "the origin answered %d", status)
	default:
		return Original{}, fault.New(fault.Upstream, "the origin answered %d", status)
	}
	body, err := readBody(response, c.held.limit, c.held)
	if err != nil {
		return Original{}, err
	}
	return Original{
		Body: body, MaxAge: maxAge(response.Header), ETag: response.Header.Get("Etag"),
		Keeping: keepingOf(response.Header), Validator: validatorOf(c.at.String(), response.Header), held: c.held,
	}, nil
}
