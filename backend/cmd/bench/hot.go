package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
)

// hotClients is how many connections the hot rows keep busy.
const hotClients = 64

// hotBody is a variant that gip has and nginx serves as a file: the same bytes.
type hotBody struct {
	gip, nginx target
}

// pair is gip and nginx on one machine; nginx is nil where it is not installed.
type pair struct {
	gip   *gipServer
	nginx *nginxServer
}

func (b *bench) startPair(ctx context.Context, settings ...string) (pair, error) {
	g, err := b.startGip(ctx, settings...)
	if err != nil {
		return pair{}, err
	}
	n, err := b.startNginx(ctx)
	if err != nil {
		g.stop()
	}
	return pair{g, n}, err
}

func (p pair) stop() {
	p.gip.stop()
	p.nginx.stop()
}

// share puts what gip answers where nginx finds it.
func (p pair) share(ctx context.Context, path string) (body hotBody, size int, err error) {
	client := newClient(1)
	defer client.CloseIdleConnections()
	s, err := get(ctx, client, p.gip.base+path, nil)
	if err != nil {
		return hotBody{}, 0, err
	}
	body.gip = target{tree: p.gip.tree, addresses: []string{p.gip.base + path}, etag: s.header.Get("ETag")}
	if p.nginx == nil {
		return body, len(s.body), nil
	}
	address, err := p.nginx.put(fmt.Sprintf("%x", sha256.Sum256([]byte(path))), s.body)
	if err != nil {
		return hotBody{}, 0, err
	}
	file, err := get(ctx, client, address, http.Header{})
	body.nginx = target{tree: p.nginx.tree, addresses: []string{address}, etag: file.header.Get("ETag")}
	return body, len(s.body), err
}

// memoryRow is a variant that the memory layer has.
func (b *bench) memoryRow(ctx context.Context) ([]line, error) {
	p, err := b.startPair(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var lines []line
	for _, each := range []variant{{width: 480, maxBytes: 20_000, format: "jpeg"}, {width: 1280, maxBytes: 130_000, format: "jpeg"}} {
		source := b.origin.fresh(b.photos[0])
		body, size, err := p.share(ctx, p.gip.path(each, source))
		if err != nil {
			return lines, err
		}
		body.gip.etag, body.nginx.etag = "", ""
		some, err := b.duel(ctx, fmt.Sprintf("hot from memory, %d kB, %d connections", size/1000, hotClients), 0.8, body)
		if err != nil {
			return lines, err
		}
		lines = append(lines, some...)
	}
	return lines, nil
}

// notModifiedRow is an answer without a body.
func (b *bench) notModifiedRow(ctx context.Context) ([]line, error) {
	p, err := b.startPair(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	body, _, err := p.share(ctx, p.gip.path(variant{width: 480, quality: 80, format: "jpeg"}, b.origin.fresh(b.photos[0])))
	if err != nil {
		return nil, err
	}
	client := newClient(1)
	defer client.CloseIdleConnections()
	s, err := get(ctx, client, body.gip.addresses[0], http.Header{"If-None-Match": {body.gip.etag}})
	if err != nil {
		return nil, err
	}
	lines := []line{judged("304 for its own ETag", "304", fmt.Sprint(s.status), s.status == http.StatusNotModified)}
	some, err := b.duel(ctx, fmt.Sprintf("304 answer, %d connections", hotClients), 0.9, body)
	return append(lines, some...), err
}

// duel measures gip and nginx in turn.
func (b *bench) duel(ctx context.Context, what string, goal float64, body hotBody) ([]line, error) {
	var ours, theirs []hot
	for range b.rounds {
		h, err := b.hammer(ctx, body.gip, hotClients, b.hotTime)
		if err != nil {
			return nil, fmt.Errorf("gip: %w", err)
		}
		ours = append(ours, h)
		if body.nginx.tree == 0 {
			continue
		}
		if h, err = b.hammer(ctx, body.nginx, hotClients, b.hotTime); err != nil {
			return nil, fmt.Errorf("nginx: %w", err)
		}
		theirs = append(theirs, h)
	}
	rate := func(h hot) float64 { return h.perSecond }
	cost := func(h hot) float64 { return h.cpu }
	figures := []figure{
		{work: what + ": requests/s", better: more, goal: goal, format: "%.0f", ours: median(ours, rate), peer: median(theirs, rate)},
		{work: what + ": CPU µs a request", format: "%.1f", ours: median(ours, cost), peer: median(theirs, cost)},
	}
	var lines []line
	for _, f := range figures {
		if len(theirs) > 0 {
			f.name = "nginx"
		}
		lines = append(lines, f.line())
	}
	return lines, nil
}
