package source

import (
	"cmp"
	"context"
)

// limitKey is where a context holds the limit of one download.
type limitKey struct{}

// WithMaxBytes has [Fetcher.Open] take this limit, and not Config.MaxBytes, for what it opens
// in this context; 0 changes nothing. Config.BudgetBytes holds all the same.
func WithMaxBytes(ctx context.Context, bytes int64) context.Context {
	if bytes <= 0 {
		return ctx
	}
	return context.WithValue(ctx, limitKey{}, bytes)
}

// MaxBytes is the limit that a context holds; 0: none of its own.
func MaxBytes(ctx context.Context) int64 {
	bytes, _ := ctx.Value(limitKey{}).(int64)
	return bytes
}

func (c Config) maxBytes(ctx context.Context) int64 {
	return cmp.Or(MaxBytes(ctx), c.MaxBytes)
}
