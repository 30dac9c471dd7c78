package main

import (
	"fmt"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/sign"
)

// variant is what is asked of a source. The zero value of a field asks nothing.
type variant struct {
	width, quality int
	format         string // jpeg, webp, avif; auto is gip's alone
	maxBytes       int    // gip's alone
}

// variantPath spells a variant of a source in a server's own URL grammar.
type variantPath func(v variant, source string) string

// server is one that makes images.
type server struct {
	name string
	base string // http://HOST:PORT
	path variantPath
	tree tree
}

func (s *server) url(v variant, source string) string { return s.base + s.path(v, source) }

// newPeer is a server that already runs.
func newPeer(address peerAddress) (*server, error) {
	s := &server{name: address.name, base: address.base, tree: listening(address.base), path: imagorPath}
	if address.name != "imgproxy" {
		return s, nil
	}
	s.path = imgproxyPath(func(string) string { return "insecure" })
	if address.key == "" && address.salt == "" {
		return s, nil
	}
	ring, err := sign.ParseRing(address.key+":"+address.salt, 0)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "-imgproxy-key and -imgproxy-salt")
	}
	s.path = imgproxyPath(ring.Sign)
	return s, nil
}

// imgproxyPath is imgproxy's grammar, and gip's.
func imgproxyPath(signature func(string) string) variantPath {
	return func(v variant, source string) string {
		var path strings.Builder
		if v.width != 0 {
			fmt.Fprintf(&path, "/w:%d", v.width)
		}
		if v.quality != 0 {
			fmt.Fprintf(&path, "/q:%d", v.quality)
		}
		if v.format != "" {
			fmt.Fprintf(&path, "/f:%s", v.format)
		}
		if v.maxBytes != 0 {
			fmt.Fprintf(&path, "/mb:%d", v.maxBytes)
		}
		fmt.Fprintf(&path, "/plain/%s", source)
		return "/" + signature(path.String()) + path.String()
	}
}

func imagorPath(v variant, source string) string {
	return fmt.Sprintf("/unsafe/%dx0/filters:quality(%d):format(%s)/%s", v.width, v.quality, v.format, source)
}
