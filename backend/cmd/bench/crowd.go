package main

import (
	"context"
	"fmt"
	"slices"
)

// crowdRow lets many clients ask at once for one variant that nobody has asked for before.
func (b *bench) crowdRow(ctx context.Context) ([]line, error) {
	g, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer g.stop()
	var fetches, renders int
	costs := make([][]sample, 1+len(b.peers))
	for round := range b.rounds {
		p := b.photos[round%len(b.photos)]
		source := b.origin.fresh(p)
		made := g.renders(ctx)
		s, err := b.crowd1(ctx, &g.server, source)
		if err != nil {
			return nil, err
		}
		fetches = max(fetches, b.origin.fetched(source))
		renders = max(renders, g.renders(ctx)-made)
		costs[0] = append(costs[0], s)
		for i, peer := range b.peers {
			s, err := b.crowd1(ctx, peer, b.origin.fresh(p))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", peer.name, err)
			}
			costs[i+1] = append(costs[i+1], s)
		}
	}
	what := fmt.Sprintf("%d clients ask for one cold variant", b.visitors)
	lines := []line{
		judged(what+": fetches", "1", fmt.Sprint(fetches), fetches == 1),
		judged(what+": renders", "1", fmt.Sprint(renders), renders == 1),
	}
	return append(lines, b.crowdLines(what, costs)...), nil
}

func (b *bench) crowd1(ctx context.Context, s *server, source string) (sample, error) {
	address := s.url(variant{width: 800, quality: 80, format: "webp"}, source)
	return take(ctx, s, b.visitors, slices.Repeat([]string{address}, b.visitors))
}

func (b *bench) crowdLines(what string, costs [][]sample) []line {
	total := func(s sample) float64 { return s.cpu.Seconds() * 1000 }
	f := figure{work: what + ": CPU ms in all", goal: 20, format: "%.0f", ours: median(costs[0], total)}
	if len(b.peers) == 0 {
		return []line{f.line()}
	}
	var lines []line
	for i, peer := range b.peers {
		f.name, f.peer = costs[i+1][len(costs[i+1])-1].of(peer), median(costs[i+1], total)
		if peer.name != "imgproxy" { // the goal is imgproxy's
			f.goal = 0
		}
		lines = append(lines, f.line())
	}
	return lines
}
