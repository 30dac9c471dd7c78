package vips

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// longestSVG is in bytes; more is a map or an attack, and parsing it takes seconds.
const longestSVG = 1 << 20

// guardSVG refuses what could reach outside the file or cost out of proportion to its size:
// images, filters, DOCTYPE (and with it entities), parts that multiply, and endless style.
func guardSVG(body []byte) error {
	if len(body) > longestSVG {
		return fault.New(fault.TooLarge, "SVG of %d bytes is over the limit of %d bytes", len(body), longestSVG)
	}
	g := svgGuard{newSVGRepeats()}
	tokens := xml.NewDecoder(bytes.NewReader(body))
	tokens.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("only UTF-8 is read") // in another charset the guard would not see what librsvg sees
	}
	for {
		token, err := tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return g.repeats.check()
		}
		if err != nil {
			return fault.Wrap(fault.Broken, err, "SVG data is broken")
		}
		if err := g.see(token); err != nil {
			return err
		}
	}
}

// svgGuard follows the tokens of one document.
type svgGuard struct{ repeats *svgRepeats }

func (g svgGuard) see(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return fault.New(fault.Unsupported, "SVG with a DOCTYPE or an entity is not accepted")
	case xml.CharData:
		if bytes.Contains(bytes.ToLower(t), []byte("filter")) && bytes.ContainsRune(t, ':') { // in a <style>
			return refusedPart("filter")
		}
		g.repeats.text(t)
	case xml.StartElement:
		return g.enter(t)
	case xml.EndElement:
		g.repeats.leave()
	}
	return nil
}

func (g svgGuard) enter(element xml.StartElement) error {
	name := strings.ToLower(element.Name.Local)
	switch name {
	case "image", "feimage", "filter", "foreignobject", "include":
		return refusedPart(name)
	}
	for _, a := range element.Attr {
		switch attribute := strings.ToLower(a.Name.Local); {
		case attribute == "filter",
			attribute == "style" && strings.Contains(strings.ToLower(a.Value), "filter"):
			return refusedPart("filter")
		}
	}
	return g.repeats.enter(name, element.Attr)
}

func refusedPart(name string) error {
	return fault.New(fault.Unsupported, "SVG with <%s> is not accepted", name)
}
