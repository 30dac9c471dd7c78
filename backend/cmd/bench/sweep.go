package main

import (
	"context"
	"fmt"
	"time"
)

// plotRow measures for the plots alone: it adds no line to the table.
func (b *bench) plotRow(ctx context.Context) ([]line, error) {
	g, err := b.startGip(ctx)
	if err != nil {
		return nil, err
	}
	defer g.stop()
	servers := append([]*server{&g.server}, b.peers...)
	widths, err := b.sweepCold(ctx, servers, b.widths, func(n int) (int, int) { return n, coldClients })
	if err != nil {
		return nil, err
	}
	clients, err := b.sweepCold(ctx, servers, b.clients, func(n int) (int, int) { return 1, n })
	if err != nil {
		return nil, err
	}
	hot, err := b.sweepHot(ctx)
	if err != nil {
		return nil, err
	}
	b.plot = &sheet{charts: []chart{
		rateChart("Cold: images per second, 2 clients", "widths asked of each source", "images/s", widths),
		latencyChart("Cold: latency, 2 clients", "widths asked of each source", widths),
		rateChart("Cold: images per second, every source new", "clients", "images/s", clients),
		latencyChart("Cold: latency, every source new", "clients", clients),
		rateChart("Hot: requests per second, 20 kB", "connections", "requests/s", hot),
		latencyChart("Hot: latency, 20 kB", "connections", hot),
	}}
	return nil, nil
}

// point is what was measured at one number of widths or clients.
type point struct {
	x, rate  float64
	p50, p95 time.Duration
}

// curve is one server's points.
type curve struct {
	name   string
	points []point
}

// sweepCold measures JPEG at each x, which shape turns into widths per source and clients.
func (b *bench) sweepCold(ctx context.Context, servers []*server, xs []int, shape func(x int) (widths, clients int)) ([]curve, error) {
	curves := make([]curve, len(servers))
	for _, x := range xs {
		widths, clients := shape(x)
		for i, s := range servers {
			o, err := drive(ctx, clients, b.sweepAddresses(s, widths))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			curves[i].name = s.name
			curves[i].points = append(curves[i].points, point{float64(x), o.perSecond(), o.percentile(0.5), o.percentile(0.95)})
		}
	}
	return curves, nil
}

// sweepAddresses are at least b.images of whole sources. Widths are spread over 200 to 1700 px
// whatever their number, so that the work of an image stays about the same.
func (b *bench) sweepAddresses(s *server, widths int) []string {
	var addresses []string
	for n := 0; len(addresses) < b.images || n%len(b.photos) != 0; n++ {
		source := b.origin.fresh(b.photos[n%len(b.photos)])
		for w := range widths {
			step := 1500 / widths
			// A single width is another one for each source, else there would be but one size.
			width := 200 + step*w + (step/7*n)%step
			addresses = append(addresses, s.url(variant{width: width, quality: 80, format: "jpeg"}, source))
		}
	}
	return addresses
}

func (b *bench) sweepHot(ctx context.Context) ([]curve, error) {
	p, err := b.startPair(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	body, _, err := p.share(ctx, p.gip.path(variant{width: 480, maxBytes: 20_000, format: "jpeg"}, b.origin.fresh(b.photos[0])))
	if err != nil {
		return nil, err
	}
	body.gip.etag, body.nginx.etag = "", ""
	curves := []curve{{name: "gip"}, {name: "nginx"}}
	for _, clients := range b.hotClient {
		for i, t := range []target{body.gip, body.nginx} {
			if t.tree == 0 {
				continue
			}
			h, err := b.hammer(ctx, t, clients, b.hotTime/2)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", curves[i].name, err)
			}
			curves[i].points = append(curves[i].points, point{float64(clients), h.perSecond, h.p50, h.p95})
		}
	}
	return curves, nil
}
