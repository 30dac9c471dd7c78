package imageurl

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Key is the cache key: the canonical path with every input that can change the image's
// bytes, what negotiation found included, and nothing else. A width or dpr that is still auto
// limits nothing: Resolve comes first.
func (r Request) Key() string {
	r = r.each(func(p Pipeline) Pipeline {
		p.AutoWidth, p.AutoDPR = false, false
		return p
	})
	path := r.join(func(part Request, o option) string {
		switch {
		case !o.keyed:
			return ""
		case o.name == "f" && part.Options.Format.Negotiated():
			return part.Options.Format.String() + ":" + part.Options.Accepts.String()
		}
		return o.write(part)
	})
	if r.Options.StandIn == transform.Info {
		return infoPrefix + path
	}
	if r.StandsIn {
		return fallbackPrefix + path
	}
	return path
}

// KeySource is the source of a key that Key wrote, read without the options; of any other text
// something, or nothing. It groups what is made of one source.
func KeySource(key string) string {
	_, escaped, _ := strings.Cut(key, "/plain/")
	source, err := unescape("source", escaped)
	if err != nil {
		return ""
	}
	return source
}

// ParseKey reads what Key wrote, and nothing but that: fault.Invalid otherwise.
func ParseKey(key string) (Request, error) {
	p := parser{key: true}
	if err := p.keyed(key); err != nil {
		return Request{}, err
	}
	if p.request.Key() != key {
		return Request{}, fault.New(fault.Invalid, "cache key %q is not canonical", clip(key))
	}
	return p.request, nil
}
