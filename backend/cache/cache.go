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
	MediaType string
	ETag      string    // strong, with its quotes; differs whenever Body differs
	Created   time.Time // when it was made
	Expires   time.Time // when it must be made anew; zero: never
	Width     int       // pixels of the result; 0 unknown
	Height    int
	Note      string // lines "name: value" of how it was made, for headers
}

// Fresh tells whether the entry may still be served at now.
func (e Entry) Fresh(now time.Time) bool { return e.Expires.IsZero() || now.Before(e.Expires) }

// Layer is one place that keeps entries: memory, disk, redis, a bucket. Get of an absent key
// is (zero, false, nil). All methods may be called at once from many goroutines.
type Layer interface {
	Name() string
	Get(ctx context.Context, key string) (Entry, bool, error)
	Set(ctx context.Context, key string, entry Entry) error
	Delete(ctx context.Context, key string) error
	Close() error
}

// Loader makes the entry of a key that no layer has.
type Loader func(ctx context.Context, key string) (Made, error)

// Made is a new entry and how long its parts took, for Server-Timing.
type Made struct {
	Entry   Entry
	Timings []Timing

	// Later, if there is one, makes the entry that is to take this one's place, behind the
	// answer; this one is for until then, and should expire soon in case it never comes. With
	// an error, too, an entry that it gives is kept: for good what was for now.
	Later func(ctx context.Context) (Made, error)
}

// Timing is one named part of the work: fetch, queue, transform.
type Timing struct {
	Name string
	Took time.Duration
}

// Answer is an entry and where it came from: a layer's name, or "miss" with its timings.
type Answer struct {
	Entry   Entry
	From    string
	Timings []Timing
}
