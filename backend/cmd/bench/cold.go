package main

import (
	"context"
	"fmt"
)

// Widths and clients of the cold rows.
const coldClients = 2

func coldWidths() []int { return []int{320, 640, 1024, 1600} }

// contender is a server that takes part in a row, and what it did in each round.
type contender struct {
	*server
	shared  bool                // widths of one photograph come from one source, not each from a new one
	samples map[string][]sample // by format
	atRest  int64               // bytes of memory after the last round
}

// coldRow asks for every photograph at every width in two formats. gip takes part twice: with
// a new source for each request, which its caches cannot help with, and with one for all widths.
func (b *bench) coldRow(ctx context.Context) ([]line, error) {
	everyNew, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer everyNew.stop()
	sameSource, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer sameSource.stop()
	all := []*contender{
		{server: &everyNew.server, samples: map[string][]sample{}},
		{server: &sameSource.server, shared: true, samples: map[string][]sample{}},
	}
	for _, peer := range b.peers {
		all = append(all, &contender{server: peer, samples: map[string][]sample{}})
	}
	for range b.rounds {
		for _, format := range []string{"jpeg", "webp"} {
			for _, c := range all {
				s, err := take(ctx, c.server, coldClients, b.coldAddresses(c, format))
				if err != nil {
					return nil, fmt.Errorf("%s: %w", c.name, err)
				}
				c.samples[format] = append(c.samples[format], s)
			}
		}
	}
	for _, c := range all {
		c.atRest = c.tree.footprint()
	}
	return append(coldLines("each from a new source", all[0], all[2:]), coldLines("4 widths of one new source", all[1], all[2:])...), nil
}

func (b *bench) coldAddresses(c *contender, format string) []string {
	var addresses []string
	for _, p := range b.photos {
		source := b.origin.fresh(p)
		for _, width := range coldWidths() {
			if !c.shared {
				source = b.origin.fresh(p)
			}
			addresses = append(addresses, c.url(variant{width: width, quality: 80, format: format}, source))
		}
	}
	return addresses
}

// coldLines has a block of lines for each peer, or one without.
func coldLines(what string, ours *contender, peers []*contender) []line {
	if len(peers) == 0 {
		peers = []*contender{{server: &server{}}}
	}
	var lines []line
	for _, peer := range peers {
		for _, f := range []figure{
			{work: "images/s", better: more, goal: 1.15, format: "%.2f", ours: ours.perSecond(), peer: peer.perSecond()},
			{work: "CPU ms, JPEG", goal: 1, format: "%.0f", ours: ours.cpuMedian("jpeg"), peer: peer.cpuMedian("jpeg")},
			{work: "CPU ms, WebP", goal: 1, format: "%.0f", ours: ours.cpuMedian("webp"), peer: peer.cpuMedian("webp")},
			{work: "peak memory, MB", goal: 1, format: "%.0f", ours: ours.most(footprintOf), peer: peer.most(footprintOf)},
			{work: "peaks of its processes added up, MB", format: "%.0f", ours: ours.most(peakOf), peer: peer.most(peakOf)},
			{work: "memory at rest, MB", format: "%.0f", ours: float64(ours.atRest) / (1 << 20), peer: float64(peer.atRest) / (1 << 20)},
			{work: "bytes, JPEG", format: "%.0f", ours: ours.bytesMedian("jpeg"), peer: peer.bytesMedian("jpeg")},
			{work: "bytes, WebP", format: "%.0f", ours: ours.bytesMedian("webp"), peer: peer.bytesMedian("webp")},
		} {
			f.work = "one variant, cold, " + what + ": " + f.work
			f.name = peer.name
			lines = append(lines, f.line())
		}
	}
	return lines
}

// perSecond is over both formats, each at its median.
func (c *contender) perSecond() float64 {
	seconds, formats := 0.0, 0.0
	for _, samples := range c.samples {
		seconds += 1 / median(samples, func(s sample) float64 { return s.perSecond() })
		formats++
	}
	return formats / max(seconds, 1e-9)
}

func (c *contender) cpuMedian(format string) float64 {
	return median(c.samples[format], sample.cpuEach)
}

func (c *contender) bytesMedian(format string) float64 {
	return median(c.samples[format], sample.bytesEach)
}

func footprintOf(s sample) int64 { return s.footprint }
func peakOf(s sample) int64      { return s.peak }

// most is the largest of all rounds, in megabytes: memory is not a matter of luck.
func (c *contender) most(of func(sample) int64) float64 {
	var most int64
	for _, samples := range c.samples {
		for _, s := range samples {
			most = max(most, of(s))
		}
	}
	return float64(most) / (1 << 20)
}
