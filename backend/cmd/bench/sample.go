package main

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// sample is an outcome with what it cost the server.
type sample struct {
	outcome
	cpu  time.Duration
	peak int64 // bytes of memory
}

func (s sample) cpuEach() float64 {
	return s.cpu.Seconds() * 1000 / float64(max(s.count, 1)) // milliseconds
}
func (s sample) bytesEach() float64 { return float64(s.bytes) / float64(max(s.count, 1)) }

// take drives one server and reads what it used meanwhile.
func take(ctx context.Context, t tree, clients int, addresses []string) (sample, error) {
	t.resetPeak()
	before := t.cpu()
	o, err := drive(ctx, clients, addresses)
	return sample{outcome: o, cpu: t.cpu() - before, peak: t.peak()}, err
}

// plus joins two samples of one server.
func (s sample) plus(other sample) sample {
	return sample{s.outcome.plus(other.outcome), s.cpu + other.cpu, max(s.peak, other.peak)}
}

// median of what each sample says.
func median[S any, T cmp.Ordered](samples []S, value func(S) T) T {
	var values []T
	for _, each := range samples {
		values = append(values, value(each))
	}
	slices.Sort(values)
	if len(values) == 0 {
		var none T
		return none
	}
	return values[len(values)/2]
}
