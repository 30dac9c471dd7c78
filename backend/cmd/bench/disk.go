package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gip4all/gip4all/backend/photo"
)

// diskRow has many distinct variants, and asks for them after a restart: as gip is by default,
// which takes what is hot into memory again, and with a memory layer too small for them, so
// that each answer comes from disk.
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
	files := fmt.Sprintf("%d variants of %d kB, %d connections", len(paths), size/1000, hotClients)
	lines, err := b.afterRestart(ctx, p, "hot after a restart, "+files, paths, all)
	if err != nil {
		return nil, err
	}
	more, err := b.afterRestart(ctx, p, "hot after a restart, each from disk, "+files, paths, all, "GIP_MEMORY_CACHE=1MB")
	return append(lines, more...), err
}

func (b *bench) afterRestart(ctx context.Context, p pair, what string, paths []string, all hotBody, environment ...string) ([]line, error) {
	if err := p.gip.restart(ctx, environment...); err != nil {
		return nil, err
	}
	all.gip.tree, all.gip.addresses = p.gip.tree, nil
	for _, path := range paths {
		all.gip.addresses = append(all.gip.addresses, p.gip.base+path)
	}
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
