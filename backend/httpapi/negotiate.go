package httpapi

import (
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/transform"
)

// accepted gives the modern formats that an Accept header (RFC 9110 §12.5.1) prefers at least
// as much as JPEG and PNG. A bare "*/*" names no image format: old browsers and tools send it
// and cannot show WebP, so it accepts none.
func accepted(header string) transform.FormatSet {
	weights := parseAccept(header)
	baseline := max(weights.of("image/jpeg"), weights.of("image/png"))
	avif, webp := weights.of("image/avif"), weights.of("image/webp")
	best := max(avif, webp)
	var set transform.FormatSet
	if webp > 0 && webp >= baseline && webp >= best {
		set |= transform.Formats(transform.WebP)
	}
	if avif > 0 && avif >= baseline && avif >= best {
		set |= transform.Formats(transform.AVIF)
	}
	return set
}

// acceptWeights is the media ranges of an Accept header with their q-values in thousandths.
type acceptWeights map[string]int

// of is the weight of a media type by its most specific range; 0 when it is not accepted.
func (w acceptWeights) of(mediaType string) int {
	if q, named := w[mediaType]; named {
		return q
	}
	return w["image/*"]
}

func parseAccept(header string) acceptWeights {
	weights := acceptWeights{}
	for part := range strings.SplitSeq(header, ",") {
		mediaRange, parameters, _ := strings.Cut(part, ";")
		name := strings.ToLower(strings.TrimSpace(mediaRange))
		if name == "" {
			continue
		}
		weights[name] = max(weights[name], quality(parameters))
	}
	return weights
}

// quality reads the q parameter; absent is 1, malformed is 0: what cannot be read is not a wish.
func quality(parameters string) int {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) { // written so that NaN fails too
				return 0
			}
			return int(q * 1000)
		}
	}
	return 1000
}

// wantsLessData reads Save-Data: the token "on", as the Save-Data specification has it.
func wantsLessData(header string) bool {
	token, _, _ := strings.Cut(header, ";")
	return strings.EqualFold(strings.TrimSpace(token), "on")
}
