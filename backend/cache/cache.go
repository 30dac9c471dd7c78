// Package cache keeps finished answers by their canonical key, in layers, and makes a missing
// one exactly once however many ask for it.
//
// The promise: one flight per key; a visitor who leaves cancels nobody's work; a layer that
// fails is a miss, never an error to the visitor.
//
// It does not know what the bytes are, nor how they are made.
package cache

import (
	"context"
	"time"
)

// Entry is one finished answer. Nobody changes Body after it is stored or handed out.
type Entry struct {
	Body      []byte
	File      *File // the body instead of Body, open: only from Opener, and never to be stored
	MediaType string
	ETag      string    // strong, with its quotes; differs whenever Body differs
	Created   time.Time // when it was made
	Expires   time.Time // when it must be made anew; zero: never
	Stale     time.Time // until then it may be sent while it is made anew; zero: not beyond Expires
	IfError   time.Time // until then it may be sent if making it anew fails; zero: not beyond Stale
	Kept      time.Time // until then layers keep it for whoever makes it anew, see Previous; zero: not beyond IfError
	Width     int       // pixels of the result; 0 unknown
	Height    int
	Note      string // lines "name: value" of how it was made, for headers
}

// Size is the length of the body in bytes.
func (e Entry) Size() int {
	if e.File != nil {
		return e.File.Size()
	}
	return len(e.Body)
}

// Fresh tells whether the entry may be served at now as it is.
func (e Entry) Fresh(now time.Time) bool { return e.Expires.IsZero() || now.Before(e.Expires) }

// Usable tells whether it may be served at now, if only while it is made anew.
func (e Entry) Usable(now time.Time) bool { return e.Fresh(now) || now.Before(e.Stale) }

// Spare tells whether it may be served at now where making it anew fails.
func (e Entry) Spare(now time.Time) bool { return e.Usable(now) || now.Before(e.IfError) }

// Alive tells whether a layer still keeps it at now.
func (e Entry) Alive(now time.Time) bool { return e.Expires.IsZero() || now.Before(e.End()) }

// End is when layers let it go: the last of its times; zero: never.
func (e Entry) End() time.Time {
	end := e.Expires
	for _, later := range [...]time.Time{e.Stale, e.IfError, e.Kept} {
		if !end.IsZero() && later.After(end) {
			end = later
		}
	}
	return end
}

// Layer is one place that keeps entries: memory, disk, redis, a bucket. Get of an absent key
// is (zero, false, nil). All methods may be called at once from many goroutines.
type Layer interface {
	Name() string
	Get(ctx context.Context, key string) (Entry, bool, error)
	Set(ctx context.Context, key string, entry Entry) error
	Delete(ctx context.Context, key string) error
	Sweep(ctx context.Context, selection Selection) (removed int, err error)
	Close() error
}

// Opener is a layer that can give an entry whose body stays where it lies: its File is set, or
// its Body as Get would.
type Opener interface {
	Open(ctx context.Context, key string) (Entry, bool, error)
}

// Selection says which keys a sweep removes. The zero value: all.
type Selection struct {
	Match func(key string) bool // nil: every key
	Group string                // not "": all that Match takes are of this group, see DiskConfig.GroupOf
}

// takes tells whether a key is one of them.
func (s Selection) takes(key string) bool { return s.Match == nil || s.Match(key) }

// Loader makes the entry of a key that no layer has, or anew: see Previous.
type Loader func(ctx context.Context, key string) (Made, error)

// Made is a new entry and how long its parts took, for Server-Timing.
type Made struct {
	Entry   Entry
	Timings []Timing

	// Later, if there is one, makes the entry that is to take this one's place, behind the
	// answer; this one is for until then, and should expire soon in case it never comes. With
	// an error, too, an entry that it gives is kept: for good what was for now.
	Later  func(ctx context.Context) (Made, error)
	Failed error // not nil: the entry stands in for what could not be made, because of this
}

// Timing is one named part of the work: fetch, queue, transform.
type Timing struct {
	Name string
	Took time.Duration
}

// Answer is an entry and where it came from: a layer's name, "stale" for one past its time
// that is being made anew or could not be, or "miss" with its timings.
type Answer struct {
	Entry   Entry
	From    string
	Timings []Timing
}
