package source

import (
	"context"
	"net/url"
	"os"
	"strings"
	"syscall"

	"github.com/gip4all/gip4all/backend/fault"
)

// openLocal reads a file below the local root. Whatever is not a plain visible file there
// (folder, dotfile, pipe, a link that leads outside) is NotFound: the answer does not say
// what exists. os.Root keeps every step of the path inside; a link within the root is
// followed, so whoever may write there decides what is visible.
func (f *Fetcher) openLocal(ctx context.Context, u *url.URL, held *holding) (Original, error) {
	if f.root == nil {
		return Original{}, fault.New(fault.Denied, "local sources are off")
	}
	name := strings.TrimPrefix(u.Path, "/")
	if !isVisible(name) {
		return Original{}, notFound(nil)
	}
	if !f.allowed(u) {
		return Original{}, fault.New(fault.Denied, "this local source is not allowed")
	}
	if err := ctx.Err(); err != nil {
		return Original{}, explain(ctx, "local", err)
	}
	body, err := f.readLocal(name, held)
	if err != nil {
		return Original{}, err
	}
	return Original{Body: body, held: held}, nil
}

// isVisible wants one spelling per file: no empty or dotted segment anywhere.
func isVisible(name string) bool {
	for segment := range strings.SplitSeq(name, "/") {
		if segment == "" || segment[0] == '.' || strings.ContainsAny(segment, "\\\x00") {
			return false
		}
	}
	return true
}

func (f *Fetcher) readLocal(name string, held *holding) ([]byte, error) {
	// Not blocking, or a pipe without a writer would hold us for ever.
	file, err := f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, notFound(err)
	}
	defer file.Close()
	// Asked of what was opened: the name may lead elsewhere by now.
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, notFound(err)
	}
	if info.Size() > held.limit {
		return nil, tooLarge(held.limit)
	}
	return readAll(file, info.Size(), held.limit, held)
}

func notFound(cause error) error {
	return fault.Wrap(fault.NotFound, cause, "the local source does not exist")
}
