package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// sample is an outcome with what it cost the server.
type sample struct {
	outcome
	cpu       time.Duration
	footprint int64 // the most memory of the tree at one time, in bytes
	peak      int64 // the most of each of its processes, added up
}

func (s sample) cpuEach() float64 {
	return s.cpu.Seconds() * 1000 / float64(max(s.count, 1)) // milliseconds
}
func (s sample) bytesEach() float64 { return float64(s.bytes) / float64(max(s.count, 1)) }

// take drives one server and reads what it used meanwhile. A peer may refuse some requests,
// which the table then says; gip may not.
func take(ctx context.Context, s *server, clients int, addresses []string) (sample, error) {
	s.tree.resetPeak()
	before, footprint := s.tree.cpu(), watchFootprint(s.tree)
	o, err := drive(ctx, clients, addresses)
	if err == nil && (o.count == 0 || o.refused > 0 && s.name == "gip") {
		err = fault.New(fault.Internal, "%d of %d requests were refused", o.refused, len(addresses))
	}
	return sample{outcome: o, cpu: s.tree.cpu() - before, footprint: footprint(), peak: s.tree.peak()}, err
}

// of is the peer's name for the table, with how many requests it refused.
func (s sample) of(peer *server) string {
	if s.refused == 0 {
		return peer.name
	}
	return fmt.Sprintf("%s (refused %d of %d)", peer.name, s.refused, s.refused+s.count)
}

// plus joins two samples of one server.
func (s sample) plus(other sample) sample {
	return sample{s.outcome.plus(other.outcome), s.cpu + other.cpu, max(s.footprint, other.footprint), max(s.peak, other.peak)}
}

// median of what each sample says: between the middle two where their number is even.
func median[S any](samples []S, value func(S) float64) float64 {
	if len(samples) == 0 {
		return 0
	}
	var values []float64
	for _, each := range samples {
		values = append(values, value(each))
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}
