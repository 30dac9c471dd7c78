package httpapi

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
)

const (
	warmPath = "/v1/warm"
	// Bounds of one call: with them, it ends within the time that an answer may take.
	warmSources, warmWidths, warmFormats, warmOptions = 64, 64, 16, 32
	// warmPause is how long warming waits when visitors fill the queue.
	warmPause = 500 * time.Millisecond
	// warmTime bounds a call, below the time that an answer may take to be written.
	warmTime = 4 * time.Minute
)

// warmOrder is the body of a POST to /api/v1/warm: which images are to be made before the
// first visitor asks.
type warmOrder struct {
	Sources []string `json:"sources"`
	Site    string   `json:"site"`    // whose URLs will be asked for; "": exact URLs
	Widths  []int    `json:"widths"`  // none: the site's, or the default ladder
	Formats []string `json:"formats"` // as in URLs; none: auto, for all kinds of browsers
	Options []string `json:"options"` // further options as URLs have them: q:70
}

// warmed is one line of the answer.
type warmed struct {
	Source string `json:"source"`
	Made   int    `json:"made"`            // images that were not there before
	Kept   int    `json:"kept"`            // images that were
	Failed int    `json:"failed"`          // images that could not be made
	Error  string `json:"error,omitempty"` // the first failure
}

// warm makes the images of an order, source by source, and answers a line of JSON for each
// as it is done. Who hangs up ends it.
func (s *Server) warm(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodPost {
		c.Set(fiber.HeaderAllow, fiber.MethodPost)
		return fault.New(fault.Invalid, "/api/v1/warm takes POST")
	}
	var order warmOrder
	if err := json.Unmarshal(c.Body(), &order); err != nil {
		return fault.Wrap(fault.Invalid, err, "the body is not the JSON of an order: {\"sources\": [\"https://…\"]}")
	}
	if err := order.check(); err != nil {
		return err
	}
	ladder, err := s.ladderOf(order)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/x-ndjson")
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		ctx, cancel := context.WithTimeout(context.Background(), warmTime)
		defer cancel()
		lines := json.NewEncoder(w)
		for _, source := range order.Sources {
			if errors.Join(lines.Encode(s.warmSource(ctx, ladder, source)), w.Flush()) != nil {
				return
			}
		}
	})
	return nil
}

func (o warmOrder) check() error {
	if len(o.Sources) == 0 {
		return fault.New(fault.Invalid, "sources is empty")
	}
	for _, list := range []struct {
		name      string
		got, most int
	}{
		{"sources", len(o.Sources), warmSources}, {"widths", len(o.Widths), warmWidths},
		{"formats", len(o.Formats), warmFormats}, {"options", len(o.Options), warmOptions},
	} {
		if list.got > list.most {
			return fault.New(fault.Invalid, "%d %s are over the limit of %d a call", list.got, list.name, list.most)
		}
	}
	return nil
}

// warmSource makes all variants of one source.
func (s *Server) warmSource(ctx context.Context, l ladder, source string) warmed {
	done := warmed{Source: source}
	keys, err := l.keys(source)
	if err != nil {
		done.Failed, done.Error = 1, fault.Message(err)
		return done
	}
	outcomes := make(chan warmed, len(keys))
	for _, key := range keys {
		go func() { outcomes <- s.warmKey(ctx, key) }()
	}
	for range keys {
		one := <-outcomes
		done.Made, done.Kept, done.Failed = done.Made+one.Made, done.Kept+one.Kept, done.Failed+one.Failed
		if done.Error == "" {
			done.Error = one.Error
		}
	}
	return done
}

// warmKey has one image made. Of all calls together only so many are at work, and when
// visitors fill the queue they wait.
func (s *Server) warmKey(ctx context.Context, key string) warmed {
	select {
	case s.warming <- struct{}{}:
		defer func() { <-s.warming }()
	case <-ctx.Done():
		return warmed{Failed: 1, Error: "the call took too long: ask again for what is left"}
	}
	for {
		err := s.warmOnce(ctx, key)
		switch {
		case err == nil:
			return warmed{Made: 1}
		case errors.Is(err, errKept):
			return warmed{Kept: 1}
		case fault.KindOf(err) != fault.Busy || ctx.Err() != nil:
			return warmed{Failed: 1, Error: fault.Message(err)}
		}
		select {
		case <-time.After(warmPause):
		case <-ctx.Done():
		}
	}
}

// errKept says that the image was there already.
var errKept = errors.New("kept")

func (s *Server) warmOnce(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	found, err := s.Images.Get(imageurl.WithSet(ctx), key)
	if err != nil {
		return err
	}
	if _, standsIn := stoodInFor(found.Entry); standsIn {
		return fault.New(fault.Upstream, "the source failed, and a fallback stands in")
	}
	if found.From != "miss" {
		return errKept
	}
	return nil
}
