package httpapi

import (
	"bytes"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// preparedHead is the head of an answer as it goes over the wire, but for what each answer says
// anew, and without the empty line at its end.
type preparedHead struct {
	text  []byte
	slots []slot
}

// slot is where in the text something is said anew.
type slot struct {
	at   int
	what saying
}

type saying int

const (
	theDate saying = iota
	theCacheControl
	theCache
	theTiming
)

// prepare cuts a header that is all set.
func prepare(header *fasthttp.ResponseHeader) preparedHead {
	var made preparedHead
	for line := range bytes.SplitAfterSeq(bytes.TrimSuffix(header.Header(), []byte("\r\n")), []byte("\r\n")) {
		what, isSlot := slotOf(line)
		if !isSlot {
			made.text = append(made.text, line...)
			continue
		}
		name := bytes.IndexByte(line, ':') + len(": ")
		made.text = append(made.text, line[:name]...)
		made.slots = append(made.slots, slot{len(made.text), what})
		made.text = append(made.text, "\r\n"...)
	}
	return made
}

func slotOf(line []byte) (what saying, ok bool) {
	name, _, _ := bytes.Cut(line, []byte(":"))
	switch string(name) {
	case fiber.HeaderDate:
		return theDate, true
	case fiber.HeaderCacheControl:
		return theCacheControl, true
	case headerCache:
		return theCache, true
	case headerServerTiming:
		return theTiming, true
	}
	return 0, false
}

func (h *preparedHead) bytes() int { return len(h.text) + 16*len(h.slots) }

// appendHead writes what is prepared, and says the rest.
func (s *Server) appendHead(dst []byte, hot *hotAnswer, date *dateText) []byte {
	from := 0
	for _, slot := range hot.head.slots {
		dst = append(dst, hot.head.text[from:slot.at]...)
		from = slot.at
		switch slot.what {
		case theDate:
			dst = append(dst, date.at(hot.now)...)
		case theCacheControl:
			dst = s.appendCacheControl(dst, hot.terms, hot.found.Entry, hot.now)
		case theCache:
			dst = append(dst, hot.found.From...)
		case theTiming:
			dst = appendServerTiming(dst, hot.found)
		}
	}
	return append(dst, hot.head.text[from:]...)
}

// dateText is the time as answers say it, for a second.
type dateText struct {
	second int64
	text   []byte
}

func (d *dateText) at(now time.Time) []byte {
	if second := now.Unix(); second != d.second || d.text == nil {
		d.second, d.text = second, fasthttp.AppendHTTPDate(d.text[:0], now)
	}
	return d.text
}
