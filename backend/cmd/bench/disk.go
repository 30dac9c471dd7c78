package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gip4all/gip4all/backend/photo"
)

// diskRow has many distinct variants, and after a restart a memory layer too small for them.
func (b *bench) diskRow(ctx context.Context) ([]line, error) {
	p, err := b.startPair(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	paths, size, err := b.manyVariants(ctx, p)
	if err != nil {
		return nil, err
	}
	var all hotBody
	for _, path := range paths {
		one, _, err := p.share(ctx, path)
		if err != nil {
			return nil, err
		}
		all.nginx.addresses = append(all.nginx.addresses, one.nginx.addresses...)
		all.nginx.tree = one.nginx.tree
	}
	if err := p.gip.restart(ctx, "GIP_MEMORY_CACHE=1MB"); err != nil {
		return nil, err
	}
	all.gip.tree = p.gip.tree
	for _, path := range paths {
		all.gip.addresses = append(all.gip.addresses, p.gip.base+path)
	}
	what := fmt.Sprintf("hot from disk after a restart, %d variants of %d kB, %d connections", len(paths), size/1000, hotClients)
	return b.duel(ctx, what, 0.6, all)
}

// manyVariants are made from a small original, whose fetch and decode cost little.
func (b *bench) manyVariants(ctx context.Context, p pair) (paths []string, size int, err error) {
	var data bytes.Buffer
	if err := (photo.Scene{Name: "desert-dunes.jpg", Width: 480, Height: 320, Seed: 2}).Encode(&data); err != nil {
		return nil, 0, err
	}
	small := photograph{"small.jpg", data.Bytes(), 480, 320}
	var addresses []string
	for i := range b.fromDisk {
		// Qualities and widths vary so that no two have the same bytes.
		path := p.gip.path(variant{width: 400 + i%80, quality: 85 + i%10, format: "jpeg"}, b.origin.fresh(small))
		paths, addresses = append(paths, path), append(addresses, p.gip.base+path)
	}
	o, err := drive(ctx, coldClients, addresses)
	return paths, int(o.bytes) / max(o.count, 1), err
}
