package main

import (
	"context"
	"fmt"
	"net/http"
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
	large := nearest(b.photos, 12_000_000)
	var webp, auto []time.Duration
	var first, later string
	for range b.rounds + 2 {
		s, err := get(ctx, client, g.url(variant{width: 1600, format: "webp"}, b.origin.fresh(large)), nil)
		if err != nil {
			return nil, err
		}
		webp = append(webp, s.first)
		address := g.url(variant{width: 1600, format: "auto"}, b.origin.fresh(large))
		if s, err = get(ctx, client, address, acceptAVIF()); err != nil {
			return nil, err
		}
		auto, first = append(auto, s.first), s.header.Get("Content-Type")
		if later, err = b.laterType(ctx, client, address, first); err != nil {
			return nil, err
		}
	}
	lines := firstViewLines(median(webp, time.Duration.Seconds), median(auto, time.Duration.Seconds), first, later)
	return b.peerFirstView(ctx, client, large, lines, median(auto, time.Duration.Seconds))
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

func firstViewLines(webp, auto float64, first, later string) []line {
	const what = "f:auto for a browser that takes AVIF, 1600 px of the photograph nearest 12 megapixels"
	early := judged(what+": first byte against f:webp's", "≤ 1.1 ×", fmt.Sprintf("%.0f ms (WebP %.0f ms)", auto*1000, webp*1000), auto <= 1.1*webp)
	early.ratio = fmt.Sprintf("%.2f × its own", auto/webp)
	return []line{
		early,
		judged(what+": type of the first view, of later ones", "any, image/avif", first+", "+later, later == "image/avif"),
	}
}

// peerFirstView is what AVIF costs a visitor of imgproxy: it has no best later.
func (b *bench) peerFirstView(ctx context.Context, client *http.Client, p photograph, lines []line, ours float64) ([]line, error) {
	for _, peer := range b.peers {
		if peer.name != "imgproxy" {
			continue
		}
		var took []time.Duration
		for range b.rounds {
			s, err := get(ctx, client, peer.url(variant{width: 1600, format: "avif"}, b.origin.fresh(p)), nil)
			if err != nil {
				return lines, fmt.Errorf("%s: %w", peer.name, err)
			}
			took = append(took, s.first)
		}
		f := figure{work: "the same against imgproxy's f:avif: ms to the first byte", format: "%.0f", ours: ours * 1000, name: peer.name}
		f.peer = median(took, time.Duration.Seconds) * 1000
		lines = append(lines, f.line())
	}
	return lines, nil
}
