package imageurl

import "context"

type setKey struct{}

// WithSet tells whoever makes a request's image that others of the same source follow at once,
// so that what serves them all is made first.
func WithSet(ctx context.Context) context.Context { return context.WithValue(ctx, setKey{}, true) }

// InSet tells whether WithSet was called.
func InSet(ctx context.Context) bool { return ctx.Value(setKey{}) != nil }
