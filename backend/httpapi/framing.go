package httpapi

import "bytes"

// speaksOfBody tells whether raw headers speak of a body at all. No route reads one, and
// fasthttp takes framings that RFC 9112 §6.3 forbids (two lengths, a length beside an
// encoding): the connection behind such a request is closed, so that nothing smuggled in is
// ever answered.
func speaksOfBody(headers []byte) bool {
	for rest := headers; ; {
		at := bytes.IndexByte(rest, '-')
		if at < 0 {
			return false
		}
		before, after := rest[:at], rest[at+1:]
		if endsFold(before, "content") && startsFold(after, "length") || endsFold(before, "transfer") && startsFold(after, "encoding") {
			return true
		}
		rest = after
	}
}

func endsFold(text []byte, end string) bool {
	return len(text) >= len(end) && startsFold(text[len(text)-len(end):], end)
}

func startsFold(text []byte, start string) bool {
	return len(text) >= len(start) && bytes.EqualFold(text[:len(start)], []byte(start))
}
