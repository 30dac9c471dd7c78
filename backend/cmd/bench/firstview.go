package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// firstViewRow is a browser that takes AVIF and asks for the automatic format: the first view
// must not wait for AVIF, later ones must get it.
func (b *bench) firstViewRow(ctx context.Context) ([]line, error) {
	g, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer g.stop()
	client := newClient(1)
	defer client.CloseIdleConnections()
	v := &views{peers: map[string][]time.Duration{}}
	for range b.rounds + 2 {
		if err := b.viewOnce(ctx, client, &g.server, v); err != nil {
			return nil, err
		}
	}
	return v.lines(), nil
}

// views is what the rounds saw: times to the first byte, and types.
type views struct {
	webp, auto    []time.Duration
	alone, beside []time.Duration // another visitor's new image, without and with an AVIF being made later
	first, later  string
	peers         map[string][]time.Duration // AVIF by name: a peer has no best later
}

func (b *bench) viewOnce(ctx context.Context, client *http.Client, gip *server, v *views) error {
	large := nearest(b.photos, 12_000_000)
	s, err := get(ctx, client, gip.url(variant{width: 1600, format: "webp"}, b.origin.fresh(large)), nil)
	if err != nil {
		return err
	}
	v.webp = append(v.webp, s.first)
	other := func() (seen, error) {
		return get(ctx, client, gip.url(variant{width: 800, format: "webp"}, b.origin.fresh(large)), nil)
	}
	if s, err = other(); err != nil {
		return err
	}
	v.alone = append(v.alone, s.first)
	address := gip.url(variant{width: 1600, format: "auto"}, b.origin.fresh(large))
	if s, err = get(ctx, client, address, acceptAVIF()); err != nil {
		return err
	}
	v.auto, v.first = append(v.auto, s.first), s.header.Get("Content-Type")
	if s, err = other(); err != nil {
		return err
	}
	v.beside = append(v.beside, s.first)
	for _, peer := range b.peersFor("avif") {
		// 63 is the default quality of AVIF in gip and imgproxy.
		s, err := get(ctx, client, peer.url(variant{width: 1600, quality: 63, format: "avif"}, b.origin.fresh(large)), nil)
		if err != nil {
			return fmt.Errorf("%s: %w", peer.name, err)
		}
		v.peers[peer.name] = append(v.peers[peer.name], s.first)
	}
	v.later, err = b.laterType(ctx, client, address, v.first)
	return err
}

func acceptAVIF() http.Header {
	return http.Header{"Accept": {"image/avif,image/webp,image/*,*/*;q=0.8"}}
}

// laterType asks again until the answer is AVIF, for a while.
func (b *bench) laterType(ctx context.Context, client *http.Client, address, first string) (string, error) {
	kind := first
	for deadline := time.Now().Add(2 * b.slow); kind != "image/avif" && time.Now().Before(deadline); {
		time.Sleep(b.slow / 10)
		s, err := get(ctx, client, address, acceptAVIF())
		if err != nil {
			return "", err
		}
		kind = s.header.Get("Content-Type")
	}
	return kind, nil
}

func (v *views) lines() []line {
	const what = "f:auto for a browser that takes AVIF, 1600 px of the photograph nearest 12 megapixels"
	webp, auto := median(v.webp, time.Duration.Seconds), median(v.auto, time.Duration.Seconds)
	early := judged(what+": first byte against f:webp's", "≤ 1.1 × its own", fmt.Sprintf("%.0f ms (WebP %.0f ms)", auto*1000, webp*1000), auto <= 1.1*webp)
	early.ratio = fmt.Sprintf("%.2f × its own", auto/webp)
	lines := []line{
		early,
		judged(what+": type of the first view, of later ones", "any, image/avif", v.first+", "+v.later, v.later == "image/avif"),
	}
	alone, beside := median(v.alone, time.Duration.Seconds), median(v.beside, time.Duration.Seconds)
	unhurt := judged("another visitor's new 800 px WebP, while that AVIF is made", "≤ 1.2 × its time without",
		fmt.Sprintf("%.0f → %.0f ms", alone*1000, beside*1000), beside <= 1.2*alone)
	unhurt.ratio = fmt.Sprintf("%.2f × its own", beside/alone)
	lines = append(lines, unhurt)
	for _, name := range slices.Sorted(maps.Keys(v.peers)) {
		f := figure{work: "the same beside the peer's f:avif: ms to the first byte", format: "%.0f", ours: auto * 1000, name: name}
		f.peer = median(v.peers[name], time.Duration.Seconds) * 1000
		lines = append(lines, f.line())
	}
	return lines
}
