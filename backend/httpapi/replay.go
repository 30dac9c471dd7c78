package httpapi

import (
	"bytes"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

// Replays: the answer to a request is settled by its raw target, by the headers that Vary
// names, and by the image. So what answer found out about a target (that it is verified and
// allowed, its cache key, its headers) is remembered, and said again for the next request with
// the same bytes while the cache has the same image.
//
// Nothing of it outlives its truth: keys, sites and settings are fixed for the life of a
// Server, which starts with an empty memo (a Server whose keys could change would have to
// start a new memo with them). The end of a URL, a site's limit, the image's age and the image
// itself are looked at each time. Only requests that were answered with their image are
// remembered, so nobody fills the memo who cannot sign, and its bytes are bounded.
//
// Requests whose answer depends on more (Client Hints) are not remembered.

// memoBytes bounds the memo. Some 2 kB are remembered of a target, so this is about twelve
// thousand of them.
const memoBytes = 24 << 20

// target is what is remembered of one request target. Nobody changes it once it is in the memo.
type target struct {
	site     string // whose limit counts; "": none does
	terms    terms
	accepts  bool // Vary names Accept
	saves    bool // and Save-Data
	offered  transform.FormatSet
	variants []*replay // one for each outcome of the negotiation
}

// replay is an answer without its body.
type replay struct {
	accepted        transform.FormatSet // of the visitor, as far as offered
	less            bool                // the visitor wants less data
	key             string
	etag, typ, note string // of the image that the head is about
	head            preparedHead
	unchanged       preparedHead // of a 304
}

// replayBytes is about what a replay takes besides its key and its heads.
const replayBytes = 600

// describes tells whether the head is that of entry: the tag covers body and type.
func (r *replay) describes(entry cache.Entry) bool {
	return r.etag == entry.ETag && r.typ == entry.MediaType && r.note == entry.Note
}

// find gives the replay for this visitor, or nil.
func (t *target) find(head *requestHead, last *lastAccept) *replay {
	var accepts transform.FormatSet
	if t.accepts {
		accepts = last.accepted(head.accept) & t.offered
	}
	less := t.saves && wantsLessData(utils.UnsafeString(head.saveData))
	for _, variant := range t.variants {
		if variant.accepted == accepts && variant.less == less {
			return variant
		}
	}
	return nil
}

// lastAccept is what a connection's last Accept came to: visitors say the same each time, and
// reading it takes longer than finding the image.
type lastAccept struct {
	header []byte
	set    transform.FormatSet
}

func (l *lastAccept) accepted(header []byte) transform.FormatSet {
	if !bytes.Equal(header, l.header) {
		l.header, l.set = append(l.header[:0], header...), accepted(string(header))
	}
	return l.set
}

// with is a copy that has one more replay, in the place of the one for the same visitors.
func (t target) with(added *replay) *target {
	var variants []*replay
	for _, other := range t.variants {
		if other.accepted != added.accepted || other.less != added.less {
			variants = append(variants, other)
		}
	}
	t.variants = append(variants, added)
	return &t
}

func (t *target) bytes() int {
	sum := 0
	for _, variant := range t.variants {
		sum += replayBytes + len(variant.key) + variant.head.bytes() + variant.unchanged.bytes()
	}
	return sum
}

// negotiated is what negotiate looked at, and what it made of it.
type negotiated struct {
	vary     []string
	hinted   bool // Client Hints had a say
	accepts  bool
	saves    bool
	less     bool
	accepted transform.FormatSet
}

// remember keeps the answer whose headers are all set on c. Those that differ between two
// answers with the same image are set anew by each replay.
func (s *Server) remember(c *fiber.Ctx, request imageurl.Request, key string, found cache.Answer, v visitor, n negotiated) {
	if s.Peek == nil || n.hinted {
		return
	}
	made := &replay{
		accepted: n.accepted, less: n.less, key: key,
		etag: found.Entry.ETag, typ: found.Entry.MediaType, note: found.Entry.Note,
	}
	made.head, made.unchanged = preparedHeads(c, found.Entry.Size())
	known := &target{
		site: v.site, terms: termsOf(request),
		accepts: n.accepts, saves: n.saves, offered: offered(v.formats),
	}
	name := utils.CopyString(c.OriginalURL())
	if before, ok := s.memo.Get(name); ok {
		known.variants = before.variants
	}
	known = known.with(made)
	s.memo.Set(name, known, known.bytes())
}

// preparedHeads gives the heads of an answer that is described on c: with its image, and for
// who has that.
func preparedHeads(c *fiber.Ctx, size int) (image, same preparedHead) {
	var header, bare fasthttp.ResponseHeader
	c.Response().Header.CopyTo(&header)
	header.ResetConnectionClose()
	header.SetServer(c.App().Config().ServerHeader)
	header.CopyTo(&bare)
	header.SetContentLength(size)
	unchanged(&bare)
	return prepare(&header), prepare(&bare)
}
