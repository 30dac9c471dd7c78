package imageurl

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// infoPrefix begins the keys of what is told about a source. No path of an image begins so:
// its first segment has a colon or is "plain".
const infoPrefix = "/info"

// standInOptions are what is sent in place of the picture.
func standInOptions() []option {
	return []option{
		{name: "ph", also: [2]string{"placeholder"}, most: 1, read: readStandIn, write: writeStandIn, keyed: true, whole: true},
	}
}

// readStandIn: no argument is no placeholder, as a preset's can so be taken back.
func readStandIn(p *parser, args []string) (err error) {
	p.request.Options.StandIn = transform.Picture
	if args[0] == "" {
		return nil
	}
	if p.request.Options.StandIn, err = transform.ParseStandIn(clip(args[0])); err != nil {
		return fault.New(fault.Invalid, "ph: %s", fault.Message(err))
	}
	return nil
}

func writeStandIn(r Request) string { return r.Options.StandIn.String() }

// Info asks about the source of r instead. What r does to the picture is dropped: any image
// URL has the same info, made once.
func (r Request) Info() Request {
	r.Options, r.Then, r.Fallback = transform.Options{StandIn: transform.Info}, Chain{}, ""
	r.AutoWidth, r.AutoDPR = false, false
	return r
}

// infoKey reads a key without its prefix, of which nothing but the source and cb is left.
func (p *parser) infoKey(rest string) error {
	if err := p.path(rest); err != nil {
		return err
	}
	p.request = p.request.Info()
	return nil
}

// keyed reads a key of any form.
func (p *parser) keyed(key string) error {
	if rest, info := strings.CutPrefix(key, infoPrefix); info {
		return p.infoKey(rest)
	}
	if rest, standsIn := strings.CutPrefix(key, fallbackPrefix); standsIn {
		return p.fallbackKey(rest)
	}
	return p.path(key)
}
