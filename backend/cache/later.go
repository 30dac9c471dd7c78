package cache

import (
	"context"
	"slices"
	"sync"
)

// maxWaitingLater bounds the better entries that wait to be made: each holds the entry that it
// would replace, and none is worth making once that has expired.
const maxWaitingLater = 64

// later is a better entry to be made in place of one that was answered.
type later struct {
	key    string
	soon   Entry // what it replaces
	make   func(context.Context) (Made, error)
	purges uint64 // the count from before soon was made

	// written is closed when soon is in all layers, nil: it is. Its writes must not come after
	// those of what takes its place.
	written <-chan struct{}
}

// laters is a line of better entries to be made, one at a time. The zero value is ready.
type laters struct {
	mu      sync.Mutex // guards all below
	waiting []later
	known   map[string]bool    // keys that wait or are being made
	working bool               // a goroutine empties the line
	stop    context.CancelFunc // of that goroutine
	closed  bool
	made    uint64
	leftOut uint64
}

// add puts one at the end of the line, or in the place of one of its key, unless the line is
// full. start tells the caller to begin emptying it, on ctx.
func (l *laters) add(one later) (ctx context.Context, start bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.known[one.key] {
		if i := slices.IndexFunc(l.waiting, func(other later) bool { return other.key == one.key }); i >= 0 {
			l.waiting[i] = one
		}
		return nil, false
	}
	if len(l.waiting) >= maxWaitingLater {
		l.leftOut++
		return nil, false
	}
	if l.known == nil {
		l.known = make(map[string]bool)
	}
	l.known[one.key] = true
	l.waiting = append(l.waiting, one)
	if l.working {
		return nil, false
	}
	l.working = true
	ctx, l.stop = context.WithCancel(context.Background())
	return ctx, true
}

// next takes the first one; none ends the emptying.
func (l *laters) next() (one later, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 || l.closed {
		l.stop()
		l.working, l.waiting = false, nil
		return later{}, false
	}
	one, l.waiting = l.waiting[0], l.waiting[1:]
	return one, true
}

func (l *laters) done(key string, made bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.known, key)
	if made {
		l.made++
	}
}

// close drops who waits, and cancels the one that is being made.
func (l *laters) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.working {
		l.stop()
	}
}

func (l *laters) stats() LaterStats {
	l.mu.Lock()
	defer l.mu.Unlock()
	return LaterStats{Waiting: len(l.waiting), Made: l.made, LeftOut: l.leftOut}
}

// improve has a better entry made behind the answer, some time.
func (g *Group) improve(key string, made Made, purges uint64, written <-chan struct{}) {
	if made.Later == nil || len(g.layers) == 0 {
		return
	}
	ctx, start := g.laters.add(later{key: key, soon: made.Entry, make: made.Later, purges: purges, written: written})
	if start && g.begin() {
		go g.makeLater(ctx)
	}
}

// makeLater empties the line. Close waits for it.
func (g *Group) makeLater(ctx context.Context) {
	defer g.running.Done()
	for one, ok := g.laters.next(); ok; one, ok = g.laters.next() {
		var made bool
		err := safely(func() error {
			made = g.replace(ctx, one)
			return nil
		})
		if err != nil {
			g.config.Log.Error("making a better image panicked", "error", err)
		}
		g.laters.done(one.key, made)
	}
}

// replace makes one better entry and stores it, unless what it would replace has been purged.
func (g *Group) replace(ctx context.Context, one later) bool {
	if left := one.soon.Expires.Sub(g.config.Now()); !one.soon.Expires.IsZero() {
		limited, cancel := context.WithTimeout(ctx, left) // after that it is made anew anyhow
		defer cancel()
		ctx = limited
	}
	if ctx.Err() != nil {
		return false
	}
	if _, kept := g.still(ctx, one); !kept {
		return false
	}
	made, err := one.make(ctx)
	if err != nil {
		g.config.Log.Debug("a better image was not made", "error", err)
	}
	if made.Entry.Body == nil || !made.Entry.Fresh(g.config.Now()) {
		return false
	}
	if one.written != nil {
		<-one.written // by writeTimeout
	}
	purges, kept := g.still(ctx, one)
	if kept {
		g.store(ctx, g.layers, one.key, made.Entry, purges)
	}
	return kept
}

// still tells whether what is to be replaced was not deleted since it was made, and gives the
// count of deletions that this is true for. Where there were any, of whatever key, a layer must
// still have it; otherwise one need not look, and a write behind may not have come so far.
func (g *Group) still(ctx context.Context, one later) (purges uint64, kept bool) {
	purges = g.purges.Load()
	if purges == one.purges {
		return purges, true
	}
	for _, layer := range g.layers {
		if entry, ok, err := layer.Get(ctx, one.key); err == nil && ok {
			return purges, entry.ETag == one.soon.ETag
		}
	}
	return purges, false
}

// LaterStats are the counts of better entries made behind answers.
type LaterStats struct {
	Waiting int    `json:"waiting"`  // at this moment
	Made    uint64 `json:"made"`     // and kept in place of what was answered first
	LeftOut uint64 `json:"left_out"` // because too many waited
}
