package render

import (
	"container/list"
	"sync"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

// intermediates keeps reduced copies of sources, so that the widths and formats of a srcset
// cost one decode. At most one of a source, of the bytes that it had last; together at most
// maxBytes, and what was not used for longest goes first. (The caches' own policy, which keeps
// what is asked for often, would keep a popular source's copy long after all of its variants
// are made.) Safe for concurrent use.
type intermediates struct {
	maxBytes int

	mu      sync.Mutex // guards all below
	bytes   int
	known   map[string]*list.Element // by source
	recent  *list.List               // of *intermediate, the last used first
	loading map[string]int           // how many variants of a source are being made now
}

// intermediate is what is known of a source: how its first variant was called, and then its
// raster, if it has one.
type intermediate struct {
	source string
	sum    fingerprint // of the body
	first  string      // key of the first variant
	seen   time.Time
	making chan struct{}     // closed when raster is settled; nil: nobody has begun
	raster transform.Pyramid // nil: none, or not any more. Guarded, like all of it, by the lock
	bytes  int               // as accounted
}

const (
	// intermediateShare is the most that one raster may take: one in so many of the bytes. The
	// one of 22 megapixels, with its halves, is 22 MB.
	intermediateShare = 2
	// intermediateOverhead is what an intermediate costs besides its pixels and strings.
	intermediateOverhead = 400
	// pairTime is within what time two variants of a source make a third one likely.
	pairTime = 15 * time.Minute
)

func newIntermediates(maxBytes int) *intermediates {
	return &intermediates{maxBytes: maxBytes, known: map[string]*list.Element{}, recent: list.New(), loading: map[string]int{}}
}

// largest is the bytes of the largest raster that is kept.
func (i *intermediates) largest() int {
	return max(0, i.maxBytes/intermediateShare-2*intermediateOverhead)
}

// begin counts a variant that is being made, until end is called.
func (i *intermediates) begin(source string) (end func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.loading[source]++
	return func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.loading[source]--; i.loading[source] == 0 {
			delete(i.loading, source)
		}
	}
}

// find gives the intermediate of the source, and whether the caller is the one to make its
// raster: not for a source's only variant, for which it would be work in vain, unless others
// are known to follow (inSet). Nil: go without.
func (i *intermediates) find(source string, sum fingerprint, key string, inSet bool, now time.Time) (found *intermediate, make bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	found = i.look(source, sum, now)
	if found == nil {
		found = &intermediate{source: source, sum: sum, first: key, seen: now}
		i.insert(found)
	}
	i.touch(found, now)
	switch {
	case found.making != nil:
		return found, false
	case inSet || i.loading[source] > 1 || found.first != key:
		found.making = makeSignal()
		return found, true
	default:
		return nil, false
	}
}

func makeSignal() chan struct{} { return make(chan struct{}) }

// look forgets what is of another body, or of a variant too long ago.
func (i *intermediates) look(source string, sum fingerprint, now time.Time) *intermediate {
	element, ok := i.known[source]
	if !ok {
		return nil
	}
	found := element.Value.(*intermediate)
	if found.sum == sum && (found.making != nil || now.Sub(found.seen) < pairTime) {
		return found
	}
	i.remove(element)
	return nil
}

// settle ends the making: with a raster, or with none, which is remembered too.
// The raster is the intermediates' from then on; of one that was dropped meanwhile, nothing is
// kept.
func (i *intermediates) settle(made *intermediate, raster transform.Pyramid) {
	i.mu.Lock()
	defer i.mu.Unlock()
	defer close(made.making)
	element, ok := i.known[made.source]
	if !ok || element.Value != made || raster.Bytes() > i.largest() {
		raster.Release()
		raster = nil
	}
	if ok && element.Value == made {
		i.remove(element)
		made.raster = raster
		i.insert(made)
	}
}

// hold gives the raster that is best for the options, to be released; zero: there is none, or not
// any more.
func (i *intermediates) hold(found *intermediate, o transform.Options) transform.Raster {
	i.mu.Lock()
	defer i.mu.Unlock()
	raster := found.raster.For(o)
	raster.Hold()
	return raster
}

// abandon ends a making that says nothing about the source: the next one may try again.
func (i *intermediates) abandon(made *intermediate) {
	i.drop(made.source, made)
	close(made.making)
}

// drop forgets what is known of the source; with only, unless that is another one by now.
func (i *intermediates) drop(source string, only *intermediate) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if element, ok := i.known[source]; ok && (only == nil || element.Value == only) {
		i.remove(element)
	}
}

// dropAll forgets what is known of the sources that match.
func (i *intermediates) dropAll(match func(source string) bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for source, element := range i.known {
		if match(source) {
			i.remove(element)
		}
	}
}

// held is how many bytes are accounted.
func (i *intermediates) held() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.bytes
}

func (i *intermediates) touch(found *intermediate, now time.Time) {
	found.seen = now
	if element, ok := i.known[found.source]; ok {
		i.recent.MoveToFront(element)
	}
}

func (i *intermediates) insert(of *intermediate) {
	of.bytes = intermediateOverhead + len(of.source) + len(of.first) + of.raster.Bytes()
	i.known[of.source] = i.recent.PushFront(of)
	i.bytes += of.bytes
	for i.bytes > i.maxBytes && i.recent.Len() > 0 {
		i.remove(i.recent.Back())
	}
}

func (i *intermediates) remove(element *list.Element) {
	gone := i.recent.Remove(element).(*intermediate)
	delete(i.known, gone.source)
	i.bytes -= gone.bytes
	gone.raster.Release()
	gone.raster = nil
}
