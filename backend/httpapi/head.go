package httpapi

import "bytes"

// requestHead is what a replay depends on in the head of a request.
type requestHead struct {
	target                        []byte
	bodiless                      bool // HEAD
	closing                       bool // the visitor ends the connection with this request
	accept, saveData, ifNoneMatch []byte
	seen                          headerSet
}

// scanHead reads the request that p begins with, and gives what follows it. ok is false for all
// but a plain GET or HEAD whose head is there whole and leaves nobody in doubt (RFC 9112): what
// is folded, repeated, upgraded, or speaks of a body is fasthttp's to judge.
func scanHead(p []byte) (head requestHead, rest []byte, ok bool) {
	line, rest, ok := cutLine(p)
	if !ok || !head.begin(line) {
		return head, p, false
	}
	for {
		if line, rest, ok = cutLine(rest); !ok {
			return head, p, false
		}
		if len(line) > 0 && head.field(line) {
			continue
		}
		if len(line) > 0 || !head.whole() {
			return head, p, false
		}
		return head, rest, true
	}
}

// cutLine cuts behind the first line, which must end with both of its characters, and have
// neither elsewhere.
func cutLine(p []byte) (line, rest []byte, ok bool) {
	end := bytes.IndexByte(p, '\n')
	if end < 1 || bytes.IndexByte(p[:end], '\r') != end-1 {
		return nil, p, false
	}
	return p[:end-1], p[end+1:], true
}

// begin reads the request line.
func (h *requestHead) begin(line []byte) bool {
	line, isGet := bytes.CutPrefix(line, []byte("GET "))
	if !isGet {
		line, h.bodiless = bytes.CutPrefix(line, []byte("HEAD "))
	}
	line, isNew := bytes.CutSuffix(line, []byte(" HTTP/1.1"))
	if !isNew {
		line, h.closing = bytes.CutSuffix(line, []byte(" HTTP/1.0"))
		h.seen.add(fieldOldVersion)
	}
	h.target = line
	return (isGet || h.bodiless) && (isNew || h.closing) && bytes.HasPrefix(line, []byte("/")) && bytes.IndexByte(line, ' ') < 0
}

// headerSet are fields that were met; each may come once.
type headerSet uint8

const (
	fieldOldVersion headerSet = 1 << iota // not a field: HTTP/1.0
	fieldHost
	fieldConnection
	fieldAccept
	fieldSaveData
	fieldIfNoneMatch
)

// add tells whether it is the first.
func (s *headerSet) add(field headerSet) bool {
	first := *s&field == 0
	*s |= field
	return first
}

// field reads one header field.
func (h *requestHead) field(line []byte) bool {
	colon := bytes.IndexByte(line, ':')
	if colon < 1 || !isToken(line[:colon]) {
		return false
	}
	name, value := line[:colon], trimBlanks(line[colon+1:])
	switch {
	case is(name, "host"):
		return h.seen.add(fieldHost)
	case is(name, "connection"):
		return h.seen.add(fieldConnection) && h.connection(value)
	case is(name, "accept"):
		h.accept = value
		return h.seen.add(fieldAccept)
	case is(name, "save-data"):
		h.saveData = value
		return h.seen.add(fieldSaveData)
	case is(name, "if-none-match"):
		h.ifNoneMatch = value
		return h.seen.add(fieldIfNoneMatch)
	}
	return !is(name, "expect") && !speaksOfBody(name)
}

// trimBlanks takes blanks from both ends, in a tenth of the time of bytes.Trim.
func trimBlanks(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	for len(text) > 0 && (text[len(text)-1] == ' ' || text[len(text)-1] == '\t') {
		text = text[:len(text)-1]
	}
	return text
}

// connection: an old client that wants to stay must be told that it may.
func (h *requestHead) connection(value []byte) bool {
	if is(value, "close") {
		h.closing = true
		return true
	}
	return is(value, "keep-alive") && !h.closing
}

// whole tells whether nothing is missing: all but old clients must name a host.
func (h *requestHead) whole() bool { return h.seen&(fieldHost|fieldOldVersion) != 0 }

// is compares with a name in small letters.
func is(text []byte, name string) bool {
	return len(text) == len(name) && bytes.EqualFold(text, []byte(name))
}

// isToken tells whether text has only what names of fields have in practice: fewer characters
// than RFC 9110 §5.6.2 lets them.
func isToken(text []byte) bool {
	for _, c := range text {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if c != '-' && c != '_' && (c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}
