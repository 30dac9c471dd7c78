package httpapi

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/site"
)

// acceptedHints is the Accept-CH (RFC 8942) of answers that hints can change.
const acceptedHints = headerDPR + ", " + headerWidth + ", " + headerViewport

// What a hint may say: beyond these no screen is, and the value is ignored.
const (
	maxHintWidth = 65_535
	maxHintDPR   = 16
)

// unhintedWidth bounds w:auto for a visitor who says nothing: enough for a laptop's whole
// width, and far from what a camera makes.
const unhintedWidth = 1600

// hints reads Client Hints, and notes each header that it looked at for Vary. It stops looking
// when it knows enough: a header more in Vary is one more way to miss a shared cache.
type hints struct {
	header func(name string) string
	vary   []string
}

// resolve puts a rung and a step in the place of w:auto and dpr:auto; the raw values go nowhere.
func (h *hints) resolve(request imageurl.Request, ladder []int) imageurl.Request {
	width, dpr := 0, 1.0
	autoWidth, autoDPR := request.Auto()
	if autoWidth {
		width = h.rung(ladder)
	}
	if autoDPR {
		dpr = step(h.dpr())
	}
	return request.Resolve(width, dpr)
}

// rung is the smallest that is as wide as the image is shown, in the screen's pixels.
func (h *hints) rung(ladder []int) int {
	if ladder == nil {
		ladder = site.Site{}.WithDefaults().Widths
	}
	if width := h.first(maxHintWidth, headerWidth, headerOldWidth); width > 0 {
		return snapUp(ladder, width)
	}
	if viewport := h.first(maxHintWidth, headerViewport, headerOldViewport); viewport > 0 {
		return snapUp(ladder, viewport*max(h.dpr(), 1))
	}
	return modest(ladder)
}

// dpr is 0 when the visitor does not say it.
func (h *hints) dpr() float64 { return h.first(maxHintDPR, headerDPR, headerOldDPR) }

// first gives the value of the first of these headers that has one, or 0.
func (h *hints) first(most float64, names ...string) float64 {
	for _, name := range names {
		h.look(name)
		if value := hint(h.header(name), most); value > 0 {
			return value
		}
	}
	return 0
}

func (h *hints) look(name string) {
	if !slices.Contains(h.vary, name) {
		h.vary = append(h.vary, name)
	}
}

// hint reads a positive decimal such as structured fields have (RFC 8941 §3.3: no sign, no
// exponent, no names for numbers that are none), or gives 0.
func hint(text string, most float64) float64 {
	text = strings.Trim(text, " \t")
	const longest = 24 // 1.100000023841858 is what browsers send
	if len(text) > longest || strings.Trim(text, "0123456789.") != "" || strings.HasPrefix(text, ".") {
		return 0
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || !(value <= most) {
		return 0
	}
	return value
}

// step snaps a dpr up to 1, 1.5, 2 or 3. A twentieth too much is a browser's rounding.
func step(dpr float64) float64 {
	for _, step := range [...]float64{1, 1.5, 2} {
		if dpr <= step+0.05 {
			return step
		}
	}
	return 3
}

// snapUp gives the smallest rung that is no less than width, else the largest.
func snapUp(ladder []int, width float64) int {
	smallest, largest := math.MaxInt, 0
	for _, rung := range ladder {
		if float64(rung) >= width {
			smallest = min(smallest, rung)
		}
		largest = max(largest, rung)
	}
	if smallest == math.MaxInt {
		return largest
	}
	return smallest
}

// modest gives the largest rung up to unhintedWidth, else the smallest.
func modest(ladder []int) int {
	found, smallest := 0, math.MaxInt
	for _, rung := range ladder {
		if rung <= unhintedWidth {
			found = max(found, rung)
		}
		smallest = min(smallest, rung)
	}
	if found == 0 {
		return smallest
	}
	return found
}
