package main

import (
	"context"
	"fmt"
)

// rungs is the srcset that is measured: eight of a usual ladder.
func rungs() []int { return []int{320, 480, 640, 828, 1080, 1366, 1600, 1920} }

// setKind is what a page asks for of one picture: each rung in two formats.
type setKind struct {
	modern  variant
	clients int
}

func (k setKind) String() string {
	together := "2 at a time"
	if k.clients > 2 {
		together = "all at once"
	}
	return fmt.Sprintf("srcset of one cold source, 8 × (%s, jpeg), %s", k.modern.format, together)
}

func (k setKind) addresses(s *server, source string) []string {
	var addresses []string
	for _, width := range rungs() {
		modern := k.modern
		modern.width = width
		addresses = append(addresses, s.url(modern, source), s.url(variant{width: width, quality: 80, format: "jpeg"}, source))
	}
	return addresses
}

// setRow measures a whole srcset, one photograph a round.
func (b *bench) setRow(ctx context.Context) ([]line, error) {
	g, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer g.stop()
	var lines []line
	// 63 is the default quality of AVIF in gip and imgproxy.
	for _, modern := range []variant{{format: "webp", quality: 80}, {format: "avif", quality: 63}} {
		for _, clients := range []int{2, 2 * len(rungs())} {
			some, err := b.measureSet(ctx, &g.server, setKind{modern, clients})
			if err != nil {
				return lines, err
			}
			lines = append(lines, some...)
		}
	}
	return lines, nil
}

// peersFor leaves imagor out of AVIF: at its defaults one takes it 20 seconds and some time out,
// which would make any ratio look like a merit.
func (b *bench) peersFor(format string) []*server {
	var peers []*server
	for _, peer := range b.peers {
		if format != "avif" || peer.name != "imagor" {
			peers = append(peers, peer)
			continue
		}
		b.note("imagor is left out of AVIF: at its defaults it takes tens of seconds or times out.")
	}
	return peers
}

func (b *bench) measureSet(ctx context.Context, gip *server, kind setKind) ([]line, error) {
	peers := b.peersFor(kind.modern.format)
	all := append([]*server{gip}, peers...)
	samples := make([]sample, len(all)) // of all rounds together: each round is another photograph
	for round := range b.rounds {
		p := b.photos[round%len(b.photos)]
		for i, s := range all {
			taken, err := take(ctx, s, kind.clients, kind.addresses(s, b.origin.fresh(p)))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			samples[i] = samples[i].plus(taken)
		}
	}
	sets := float64(b.rounds)
	var lines []line
	for i := range max(1, len(peers)) {
		wall := figure{work: kind.String() + ": seconds", goal: 2.5, format: "%.2f", ours: samples[0].took.Seconds() / sets}
		cpu := figure{work: kind.String() + ": CPU seconds", format: "%.2f", ours: samples[0].cpu.Seconds() / sets}
		if len(peers) > 0 {
			wall.name, wall.peer = samples[i+1].of(peers[i]), samples[i+1].took.Seconds()/sets
			cpu.name, cpu.peer = samples[i+1].of(peers[i]), samples[i+1].cpu.Seconds()/sets
		}
		lines = append(lines, wall.line(), cpu.line())
	}
	return lines, nil
}
