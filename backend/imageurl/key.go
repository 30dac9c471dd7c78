package imageurl

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Key is the cache key: the canonical path with every input that can change the image's
// bytes, what negotiation found included, and nothing else. A width or dpr that is still auto
// limits nothing: Resolve comes first.
func (r Request) Key() string {
	r.AutoWidth, r.AutoDPR = false, false
	path := r.join(func(o option) string {
		switch {
		case !o.keyed:
			return ""
		case o.name == "f" && r.Options.Format.Negotiated():
			return r.Options.Format.String() + ":" + r.Options.Accepts.String()
		}
		return o.write(r)
	})
	if r.Options.StandIn == transform.Info {
		return infoPrefix + path
	}
	return path
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
