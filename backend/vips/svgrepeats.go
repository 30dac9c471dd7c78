package vips

import (
	"encoding/xml"
	"regexp"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	mostRepeats  = 10_000     // what parts of a drawing may be drawn again for, in all
	useCosts     = 10         // so that 1000 <use> are the most
	deepestSVG   = 256        // elements inside each other; libxml2 reads no more
	mostMatching = 50_000_000 // names in selectors times elements: about a second
)

var (
	painted  = regexp.MustCompile(`(?i)url\(\s*["']?\s*#([^)"'\s]+)`)
	cssRules = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	cssNames = regexp.MustCompile(`[.#]?[A-Za-z_][A-Za-z0-9_-]*|\*`)
)

// svgRepeats follows which parts of a drawing are drawn again inside which: by <use>, and as
// masks, patterns, clips and markers. A few, each of which holds two of the next, are millions.
type svgRepeats struct {
	parts    []svgPart // the first is the document
	open     []int     // the part that each open element is in
	named    map[string][]int
	sheet    strings.Builder
	inSheet  bool
	elements int
	rules    map[string][]string // ids that a sheet's rules paint with, by a name in their selector
	costs    [2]map[string]int   // of those, when they are known
}

// svgPart is an element with an id, or the document, without the parts inside it.
type svgPart struct {
	inside         []int
	uses, paints   []string       // ids
	names          map[string]int // that a sheet's rules may be about, and how often
	gradient       bool           // which can be painted with as often as one likes
	counted        [2]bool
	whole, another int // what it costs where it stands, and wherever it is drawn again
}

func newSVGRepeats() *svgRepeats {
	return &svgRepeats{
		parts: []svgPart{{names: map[string]int{}}}, open: []int{0}, named: map[string][]int{},
		rules: map[string][]string{}, costs: [2]map[string]int{{}, {}},
	}
}

func (r *svgRepeats) enter(name string, attributes []xml.Attr) error {
	if len(r.open) > deepestSVG {
		return fault.New(fault.Unsupported, "SVG of more than %d elements inside each other is not accepted", deepestSVG)
	}
	r.elements++
	at := r.part(name, attributes)
	r.open = append(r.open, at)
	r.inSheet = name == "style"
	part, used := &r.parts[at], ""
	part.names[name]++
	part.names["*"]++
	for _, a := range attributes {
		switch strings.ToLower(a.Name.Local) {
		case "href": // which of two counts depends on who draws
			if target := strings.TrimPrefix(strings.TrimSpace(a.Value), "#"); name == "use" && target != used {
				part.uses, used = append(part.uses, target), target
			}
		case "class":
			for class := range strings.FieldsSeq(a.Value) {
				part.names["."+class]++
			}
		case "id":
			part.names["#"+a.Value]++
		default:
			part.paints = append(part.paints, targets(a.Value)...)
		}
	}
	return nil
}

// part is a new one for an element with an id, else the one that the element is in.
func (r *svgRepeats) part(name string, attributes []xml.Attr) int {
	within := r.open[len(r.open)-1]
	at := within
	for _, a := range attributes {
		if strings.ToLower(a.Name.Local) == "id" && at == within {
			at = len(r.parts)
			r.parts = append(r.parts, svgPart{names: map[string]int{}, gradient: strings.HasSuffix(name, "gradient")})
			r.parts[within].inside = append(r.parts[within].inside, at)
			r.named[a.Value] = append(r.named[a.Value], at)
		}
	}
	return at
}

func (r *svgRepeats) text(data []byte) {
	if r.inSheet {
		r.sheet.Write(data)
	}
}

func (r *svgRepeats) leave() {
	r.inSheet = false
	r.open = r.open[:max(1, len(r.open)-1)]
}

// targets are the ids that a style paints with.
func targets(style string) (ids []string) {
	for _, found := range painted.FindAllStringSubmatch(style, -1) {
		ids = append(ids, found[1])
	}
	return ids
}

// check refuses a document when all of it was seen.
func (r *svgRepeats) check() error {
	selecting := 0
	for _, rule := range cssRules.FindAllStringSubmatch(r.sheet.String(), -1) {
		names := cssNames.FindAllString(rule[1], -1)
		selecting += 1 + len(names)
		if ids := targets(rule[2]); ids != nil {
			for _, name := range names {
				r.rules[name] = append(r.rules[name], ids...)
			}
		}
	}
	if selecting*r.elements > mostMatching {
		return fault.New(fault.Unsupported, "SVG of %d elements and %d names in its style's rules is not accepted", r.elements, selecting)
	}
	if r.count(0, 0) > mostRepeats {
		return fault.New(fault.Unsupported, "SVG that draws parts of itself too often is not accepted: at most %d <use>, or %d masks, patterns, clips and markers inside each other",
			mostRepeats/useCosts, mostRepeats)
	}
	return nil
}

// count is what a part costs: 0 times where it stands, 1 where it is drawn again. One that
// comes back to itself costs too much.
func (r *svgRepeats) count(at, again int) int {
	part := &r.parts[at]
	known := [...]*int{&part.whole, &part.another}[again]
	if part.counted[again] {
		return *known
	}
	part.counted[again], *known = true, mostRepeats+1 // while it is being counted
	total := 0
	for _, inner := range part.inside {
		total = min(total+r.count(inner, again), mostRepeats+1)
	}
	total = r.drawn(total, part.uses, useCosts, useCosts)
	total = r.drawn(total, part.paints, again, 0)
	for name, often := range part.names {
		total = min(total+often*r.ruled(name, again), mostRepeats+1)
	}
	*known = total
	return total
}

// ruled is what a sheet's rules about one name cost each time.
func (r *svgRepeats) ruled(name string, again int) int {
	if len(r.rules[name]) == 0 {
		return 0
	}
	cost, known := r.costs[again][name]
	if !known {
		cost = r.drawn(0, r.rules[name], again, 0)
		r.costs[again][name] = cost
	}
	return cost
}

// drawn adds what drawing ids once more costs, besides what each costs by itself.
func (r *svgRepeats) drawn(total int, ids []string, each, gradient int) int {
	for _, id := range ids {
		cost := each
		for _, at := range r.named[id] {
			if r.parts[at].gradient {
				cost = gradient
				continue
			}
			cost += r.count(at, 1)
		}
		if total += cost; total > mostRepeats {
			return mostRepeats + 1
		}
	}
	return total
}
