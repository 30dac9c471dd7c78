package config

import (
	"math"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// ByteSize is a number of bytes. Its units are powers of 1024.
type ByteSize int64

const byteUnits = "BKMGT" // each 1024 of the one before

// ParseByteSize reads a whole number and a unit: 512, 512B, 64K, 64KB, 64KiB, 32MB, 2GB, 1TB,
// in any case. The error is fault.Invalid.
func ParseByteSize(text string) (ByteSize, error) {
	digits := strings.TrimRight(text, "bBkKmMgGtTiI")
	number, ok := parseWhole(digits)
	exponent := unitExponent(strings.ToUpper(text[len(digits):]))
	if !ok || number < 0 || exponent < 0 {
		return 0, fault.New(fault.Invalid, "%q is not a size such as 256MB", text)
	}
	if number > math.MaxInt64>>(10*exponent) {
		return 0, fault.New(fault.Invalid, "%q is more bytes than there are", text)
	}
	return ByteSize(number << (10 * exponent)), nil
}

// unitExponent gives 0 for bytes, 1 for KB and so on, or -1.
func unitExponent(unit string) int {
	if unit == "" {
		return 0
	}
	exponent := strings.IndexByte(byteUnits, unit[0])
	if rest := unit[1:]; exponent > 0 && (rest == "" || rest == "B" || rest == "IB") || unit == "B" {
		return exponent
	}
	return -1
}

// String is the shortest spelling without a fraction: 256MB, 1000B, 0.
func (b ByteSize) String() string {
	if b == 0 {
		return "0"
	}
	exponent := 0
	for exponent < len(byteUnits)-1 && b%1024 == 0 {
		b /= 1024
		exponent++
	}
	text := strconv.FormatInt(int64(b), 10) + byteUnits[exponent:exponent+1]
	if exponent > 0 {
		text += "B"
	}
	return text
}

// parseWhole reads a decimal number; its digits may be grouped by _.
func parseWhole(text string) (int64, bool) {
	if strings.HasPrefix(text, "_") || strings.HasPrefix(text, "+") || strings.HasSuffix(text, "_") {
		return 0, false
	}
	number, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
	return number, err == nil
}
