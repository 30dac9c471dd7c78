package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// slowClients is more than gip has download slots (64), over slowHosts hosts.
const slowClients = 96

// probes is how many new widths of the cached source are asked for, with the slow downloads
// and without. A peer that waits behind them is asked less often: each answer may take long.
const (
	probes     = 15
	peerProbes = 1
)

// slowRow asks for new widths of a source that was used before, while slow origins fill the
// download slots.
func (b *bench) slowRow(ctx context.Context) ([]line, error) {
	g, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer g.stop()
	calm, busy, err := b.besideSlow(ctx, &g.server, probes)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("new width of a known source beside %d slow downloads (%v)", slowClients, b.slow)
	ratio := busy.Seconds() / calm.Seconds()
	l := judged(what, "≤ 1.2 × its time without", fmt.Sprintf("%d → %d ms", calm.Milliseconds(), busy.Milliseconds()), ratio <= 1.2)
	l.ratio = fmt.Sprintf("%.2f × its own", ratio)
	lines := []line{l}
	for _, peer := range b.peers {
		if peer.name != "imgproxy" {
			continue
		}
		lines = append(lines, b.peerBesideSlow(ctx, what, peer))
	}
	return lines, nil
}

// peerBesideSlow is a peer's line. One that gives up behind the slow downloads says so itself.
func (b *bench) peerBesideSlow(ctx context.Context, what string, peer *server) line {
	l := line{work: what, verdict: noGoal}
	calm, busy, err := b.besideSlow(ctx, peer, peerProbes)
	if err != nil {
		l.peer = fmt.Sprintf("%s %d ms → %v", peer.name, calm.Milliseconds(), err)
		return l
	}
	l.peer = fmt.Sprintf("%s %d → %d ms", peer.name, calm.Milliseconds(), busy.Milliseconds())
	l.ratio = fmt.Sprintf("%.2f × its own", busy.Seconds()/calm.Seconds())
	return l
}

// besideSlow gives the median latency without and with the slow downloads, of widths from the
// same range: a wider image takes longer.
func (b *bench) besideSlow(ctx context.Context, s *server, probes int) (calm, busy time.Duration, err error) {
	source := b.origin.fresh(nearest(b.photos, 12_000_000))
	ask := func(width int) (time.Duration, error) {
		var asked []string
		for range probes {
			width += 16
			asked = append(asked, s.url(variant{width: width, quality: 80, format: "jpeg"}, source))
		}
		o, err := drive(ctx, 1, asked)
		return o.percentile(0.5), err
	}
	if _, err = ask(400); err != nil { // the source becomes known, the workers warm
		return 0, 0, err
	}
	if calm, err = ask(405); err != nil {
		return 0, 0, err
	}
	stop, err := b.fillSlots(ctx, s)
	if err != nil {
		return 0, 0, err
	}
	defer stop()
	busy, err = ask(410)
	return calm, busy, err
}

// fillSlots keeps slow downloads running until stop, which waits until all have ended.
func (b *bench) fillSlots(ctx context.Context, s *server) (stop func(), err error) {
	small, err := tiny()
	if err != nil {
		return nil, err
	}
	filling, cancel := context.WithCancel(ctx)
	client := newClient(slowClients)
	var active sync.WaitGroup
	for n := range slowClients {
		active.Go(func() {
			for filling.Err() == nil {
				b.askSlowly(filling, client, s.url(variant{width: 32, quality: 80, format: "jpeg"}, b.origin.slowSource(n, small)))
			}
		})
	}
	stop = func() {
		cancel()
		active.Wait()
		client.CloseIdleConnections()
		for b.origin.addWaiting(0) > 0 && ctx.Err() == nil {
			time.Sleep(50 * time.Millisecond)
		}
	}
	for deadline := time.Now().Add(patience); b.origin.addWaiting(0) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			stop()
			return nil, fault.New(fault.Internal, "no slow download began")
		}
	}
	time.Sleep(b.slow / 4) // let the rest begin as well
	return stop, nil
}

// askSlowly ignores how it ends: a server may well refuse some, and is asked again in a moment.
func (b *bench) askSlowly(ctx context.Context, client *http.Client, address string) {
	if _, err := get(ctx, client, address, nil); err == nil {
		return
	}
	select {
	case <-time.After(b.slow / 20):
	case <-ctx.Done():
	}
}
