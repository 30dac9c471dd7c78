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
	baseline := max(weights.of(rangeJPEG), weights.of(rangePNG))
	avif, webp := weights.of(rangeAVIF), weights.of(rangeWebP)
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

// mediaRanges are those that decide, the one that stands for all others last.
const (
	rangeJPEG = iota
	rangePNG
	rangeAVIF
	rangeWebP
	rangeAny
	mediaRanges
)

// acceptWeights is the q-values in thousandths of the media ranges of an Accept header; below
// 0 it does not name the range.
type acceptWeights [mediaRanges]int

// of is the weight of a media type by its most specific range; 0 when it is not accepted.
func (w acceptWeights) of(mediaRange int) int {
	if q := w[mediaRange]; q >= 0 {
		return q
	}
	return max(0, w[rangeAny])
}

func parseAccept(header string) acceptWeights {
	weights := acceptWeights{-1, -1, -1, -1, -1}
	names := [mediaRanges]string{"image/jpeg", "image/png", "image/avif", "image/webp", "image/*"}
	for header != "" {
		var part string
		part, header, _ = strings.Cut(header, ",")
		mediaRange, parameters, _ := strings.Cut(part, ";")
		mediaRange = strings.TrimSpace(mediaRange)
		for i, name := range names {
			if strings.EqualFold(mediaRange, name) {
				weights[i] = max(weights[i], quality(parameters))
			}
		}
	}
	return weights
}

// quality reads the q parameter; absent is 1, malformed is 0: what cannot be read is not a wish.
func quality(parameters string) int {
	for parameters != "" {
		var parameter string
		parameter, parameters, _ = strings.Cut(parameters, ";")
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
