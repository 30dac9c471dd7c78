package vips

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	longestSVG = 1 << 20 // bytes; more is a map or an attack, and parsing it takes seconds
	mostUses   = 1000    // elements that <use> may repeat, after all nesting
)

// guardSVG refuses what could reach outside the file or cost out of proportion to its size:
// images, filters, DOCTYPE (and with it entities), and <use> that multiplies.
func guardSVG(body []byte) error {
	if len(body) > longestSVG {
		return fault.New(fault.TooLarge, "SVG of %d bytes is over the limit of %d bytes", len(body), longestSVG)
	}
	g := svgGuard{uses: map[string][]string{}}
	tokens := xml.NewDecoder(bytes.NewReader(body))
	tokens.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("only UTF-8 is read") // in another charset the guard would not see what librsvg sees
	}
	for {
		token, err := tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return g.checkUses()
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
type svgGuard struct {
	open []string            // the id of each open element, or ""
	uses map[string][]string // what is used inside the element of each id; "" is the document
}

func (g *svgGuard) see(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return fault.New(fault.Unsupported, "SVG with a DOCTYPE or an entity is not accepted")
	case xml.CharData:
		if bytes.Contains(bytes.ToLower(t), []byte("filter")) && bytes.ContainsRune(t, ':') { // in a <style>
			return refusedPart("filter")
		}
	case xml.StartElement:
		return g.enter(t)
	case xml.EndElement:
		g.open = g.open[:max(0, len(g.open)-1)]
	}
	return nil
}

func (g *svgGuard) enter(element xml.StartElement) error {
	name := strings.ToLower(element.Name.Local)
	switch name {
	case "image", "feimage", "filter", "foreignobject", "include":
		return refusedPart(name)
	}
	id, target := "", ""
	for _, a := range element.Attr {
		switch attribute := strings.ToLower(a.Name.Local); attribute {
		case "filter":
			return refusedPart("filter")
		case "style":
			if strings.Contains(strings.ToLower(a.Value), "filter") {
				return refusedPart("filter")
			}
		case "id":
			id = a.Value
		case "href":
			target = a.Value
		}
	}
	if name == "use" {
		g.use(strings.TrimPrefix(target, "#"))
	}
	g.open = append(g.open, id)
	return nil
}

func refusedPart(name string) error {
	return fault.New(fault.Unsupported, "SVG with <%s> is not accepted", name)
}

// use notes target under each id that holds it, and under the document.
func (g *svgGuard) use(target string) {
	g.uses[""] = append(g.uses[""], target)
	for _, id := range g.open {
		if id != "" {
			g.uses[id] = append(g.uses[id], target)
		}
	}
}

func (g *svgGuard) checkUses() error {
	counts := map[string]int{}
	if g.count("", counts) > mostUses {
		return fault.New(fault.Unsupported, "SVG whose <use> repeats more than %d elements is not accepted", mostUses)
	}
	return nil
}

// count is how many elements the uses inside id come to; one that comes back to itself
// counts as too many.
func (g *svgGuard) count(id string, counts map[string]int) int {
	if n, known := counts[id]; known {
		return n
	}
	counts[id] = mostUses + 1 // while it is being counted
	total := 0
	for _, target := range g.uses[id] {
		total += 1
		if target != "" {
			total += g.count(target, counts)
		}
		if total > mostUses {
			break
		}
	}
	counts[id] = total
	return total
}
