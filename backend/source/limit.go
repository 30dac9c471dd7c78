package source

import "context"

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

func (c Config) maxBytes(ctx context.Context) int64 {
	if bytes, given := ctx.Value(limitKey{}).(int64); given {
		return bytes
	}
	return c.MaxBytes
}
