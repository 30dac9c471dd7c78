package render

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// fetched is all that a request names: the source, and the images of its watermarks.
type fetched struct {
	source.Original // with the shortest time that any of them may be kept

	marks  []source.Original
	extras []transform.Extra
}

// release gives everything back.
func (f fetched) release() {
	f.Release()
	for _, mark := range f.marks {
		mark.Release()
	}
}

// fetch opens the source and the watermarks at the same time, and gives up all at the first
// failure.
func (r *Renderer) fetch(ctx context.Context, request imageurl.Request) (f fetched, err error) {
	names := markSources(request)
	f.marks = make([]source.Original, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		f.Original, err = r.openSource(ctx, request)
		return err
	})
	for i, name := range names {
		group.Go(func() (err error) {
			f.marks[i], err = r.openMark(ctx, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		f.release()
		return fetched{}, err
	}
	for i, mark := range f.marks {
		f.extras = append(f.extras, transform.Extra{Source: names[i], Body: mark.Body})
		f.MaxAge = shorter(f.MaxAge, mark.MaxAge)
		f.Keeping = stricter(f.Keeping, mark.Keeping)
	}
	return f, nil
}

// openSource takes nothing for the source that its request does not.
func (r *Renderer) openSource(ctx context.Context, request imageurl.Request) (source.Original, error) {
	original, err := r.config.Source.Open(source.WithMaxBytes(ctx, int64(request.MaxSourceBytes)), request.Source)
	if err == nil {
		err = checkImage(original.Body)
	}
	if err == nil {
		err = checkSum(original.Body, request.Checksum)
	}
	return original, err
}

// markSources are the sources of the marks, each once.
func markSources(request imageurl.Request) []string {
	var names []string
	if request.Options.Output.Raw {
		return nil
	}
	known := map[string]bool{"": true}
	for _, mark := range request.Marks() {
		if !known[mark.Source] {
			names = append(names, mark.Source)
		}
		known[mark.Source] = true
	}
	return names
}

// openMark says what is wrong with a watermark, but not where it is: it may be the node's own,
// whose address is not the visitor's to know.
func (r *Renderer) openMark(ctx context.Context, name string) (source.Original, error) {
	mark, err := r.config.Source.Open(ctx, name)
	if err == nil {
		err = checkImage(mark.Body)
	}
	if err == nil || fault.KindOf(err) == fault.Internal { // which also is a given up context
		return mark, err
	}
	return mark, fault.Wrap(fault.KindOf(err), err, "%s", markFault(fault.KindOf(err)))
}

func markFault(kind fault.Kind) string {
	switch kind {
	case fault.Denied:
		return "the watermark's source is not allowed"
	case fault.NotFound:
		return "the watermark does not exist"
	case fault.TooLarge:
		return "the watermark has too many bytes"
	case fault.Unsupported:
		return "the watermark is not an image that gip reads"
	case fault.Busy:
		return "the watermark has to wait: too many downloads; try again in a moment"
	case fault.Timeout:
		return "the watermark's origin took too long"
	case fault.Invalid:
		return "the watermark's source is not a URL that can be fetched"
	}
	return "the watermark was not had: its origin failed"
}

// shorter of two ages, of which 0 is none.
func shorter(a, b time.Duration) time.Duration {
	if a <= 0 || b > 0 && b < a {
		return b
	}
	return a
}
