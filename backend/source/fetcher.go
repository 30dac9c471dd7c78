package source

import (
	"context"
	"net/http"
	"net/url"
	"os"

	"github.com/gip4all/gip4all/backend/fault"
)

// Fetcher opens sources. It is safe for concurrent use.
type Fetcher struct {
	config Config
	own    *http.Transport // for the origin that the source itself names
	other  *http.Transport // for whatever another origin redirects to
	shares *shares
	budget budget
	bodies bodies
	root   *os.Root // nil: local sources are off
}

// New checks config and opens the local root.
func New(config Config) (*Fetcher, error) {
	if err := config.validate(); err != nil {
		return nil, err
	}
	config = config.withDefaults()
	f := &Fetcher{config: config, shares: newShares(config.Connections)}
	f.budget.total = config.BudgetBytes
	// Two transports, because a connection that was allowed for one source must not be
	// found in the pool by a redirect that is not allowed to make it.
	f.own = newTransport(config, newGuard(config, config.AllowAddresses))
	f.other = newTransport(config, newGuard(config, nil))
	if config.LocalRoot == "" {
		return f, nil
	}
	root, err := os.OpenRoot(config.LocalRoot)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "source: local root %q cannot be opened", config.LocalRoot)
	}
	f.root = root
	return f, nil
}

// Open fetches source whole. Its errors are of these kinds: Invalid (not a source URL),
// Denied (allow-list, address, port), NotFound, TooLarge, Unsupported (empty), Busy (too
// many wait, or Config.BudgetBytes are used up), Timeout (ours or ctx's deadline) and
// Upstream (whatever else the origin did). If ctx is cancelled, the error is
// context.Canceled. The caller must Release what it gets; on an error nothing is held.
func (f *Fetcher) Open(ctx context.Context, source string) (original Original, err error) {
	return f.Revalidate(ctx, source, Validator{})
}

// Revalidate is Open for somebody who has what the validator stands for: where the origin says
// that it is still the one, the Original is NotModified. A zero validator stands for nothing.
func (f *Fetcher) Revalidate(ctx context.Context, source string, have Validator) (original Original, err error) {
	u, err := parse(source)
	if err != nil {
		return Original{}, err
	}
	held := &holding{budget: &f.budget, limit: f.config.maxBytes(ctx)}
	defer func() {
		if original.held == nil { // an error, or a panic that somebody above recovers from
			held.release()
		}
	}()
	if u.Scheme == schemeLocal {
		return f.openLocal(ctx, u, held)
	}
	return f.openHTTP(ctx, u, held, have)
}

// Close lets go of idle connections and the local root. Downloads that run go on.
func (f *Fetcher) Close() error {
	f.own.CloseIdleConnections()
	f.other.CloseIdleConnections()
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

func (f *Fetcher) allowed(u *url.URL) bool {
	return f.config.Allow == nil || f.config.Allow(u)
}
