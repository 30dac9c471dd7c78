package imageurl

import (
	"encoding/base64"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// fallbackPrefix begins the keys of pictures that stand in for others. Like infoPrefix it
// begins no path of an image.
const fallbackPrefix = "/fallback"

// fallbackOptions are what is sent when the source fails.
func fallbackOptions() []option {
	return []option{
		{name: "fiu", also: [2]string{"fallback_image_url"}, most: 1, read: readFallback, write: writeFallback, keyed: true, whole: true},
	}
}

// readFallback: no argument is no fallback, as a preset's can so be taken back.
func readFallback(p *parser, args []string) (err error) {
	p.request.Fallback = ""
	if args[0] == "" {
		return nil
	}
	source, err := decodeBase64("fiu", args[0])
	if err == nil {
		err = checkSource(source)
	}
	if err != nil {
		return fault.New(fault.Invalid, "fiu: %s", strings.TrimPrefix(fault.Message(err), "fiu: "))
	}
	p.request.Fallback = source
	return nil
}

func writeFallback(r Request) string {
	return base64.RawURLEncoding.EncodeToString([]byte(r.Fallback))
}

// settled leaves out what says nothing beside a stand-in: a placeholder of another picture
// would be a wrong one.
func (r Request) settled() Request {
	r = r.each(func(p Pipeline) Pipeline {
		p.Options = p.Options.Settled()
		return p
	})
	if r.Options.StandIn != transform.Picture {
		r.Fallback = ""
	}
	return r
}

// FallbackKey is the key of the picture that another source gives where r's own fails. It is
// no one's own key, so that what stands in never waits for itself.
func (r Request) FallbackKey(source string) string {
	r.Source, r.Fallback, r.Cachebuster, r.Tags = source, "", "", ""
	r.Checksum, r.MaxSourceBytes = Checksum{}, 0 // they are about the source that failed
	return fallbackPrefix + r.Key()
}

// fallbackKey reads a key without its prefix.
func (p *parser) fallbackKey(rest string) error {
	if err := p.path(rest); err != nil {
		return err
	}
	p.request.StandsIn = true
	return nil
}
