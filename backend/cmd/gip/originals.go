package main

import (
	"context"
	"errors"
	"sync"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/origin"
)

// newOriginals layers the caches of originals over the fetcher.
func (n *node) newOriginals(settings config.Config) (*origin.Originals, error) {
	var layers []cache.Layer
	if settings.SourceCache > 0 {
		layers = append(layers, cache.NewMemory(int64(settings.SourceCache)))
	}
	disk, err := n.originalsLayer(settings)
	if err != nil {
		return nil, err
	}
	if disk != nil {
		layers = append(layers, disk)
	}
	return origin.New(origin.Config{
		Fetcher: n.source, Layers: layers, MaxAge: settings.MaxAge, Stale: settings.Stale,
		Timeout: settings.RequestTimeout, Log: n.log,
	})
}

// stats are the counts of the images' caches, with those of the originals' inside.
func (n *node) stats() any {
	return struct {
		cache.Stats
		Originals cache.Stats `json:"originals"`
	}{n.images.Stats(), n.originals.Stats()}
}

// purge forgets originals first, then what was made of them, images last: whatever is made
// meanwhile of what is forgotten already is made of something new, or not kept.
func (n *node) purge(ctx context.Context, what httpapi.Purge) (httpapi.Purged, error) {
	if what.Theirs {
		return n.purgeTheirs(ctx, what)
	}
	var purged httpapi.Purged
	var failed error
	if what.Variant == nil {
		purged.Originals, failed = n.forgetOriginals(ctx, what.Only, what.Sources)
	}
	images, err := n.images.Sweep(ctx, cache.Selection{Group: what.Only, Match: func(key string) bool {
		return what.Sources(imageurl.KeySource(key)) && (what.Variant == nil || what.Variant(key))
	}})
	purged.Images = images
	return purged, errors.Join(failed, err)
}

// purgeTheirs learns from the images what their originals are, and forgets those; then once
// more what was made meanwhile of these.
func (n *node) purgeTheirs(ctx context.Context, what httpapi.Purge) (httpapi.Purged, error) {
	var sources sync.Map
	images, err := n.images.Sweep(ctx, cache.Selection{Match: func(key string) bool {
		source := imageurl.KeySource(key)
		taken := what.Sources(source) && what.Variant(key)
		if taken {
			sources.Store(source, true)
		}
		return taken
	}})
	theirs := func(source string) bool {
		_, known := sources.Load(source)
		return known
	}
	originals, failed := n.forgetOriginals(ctx, "", theirs)
	again, errAgain := n.images.Sweep(ctx, cache.Selection{Match: func(key string) bool { return theirs(imageurl.KeySource(key)) }})
	return httpapi.Purged{Images: images + again, Originals: originals}, errors.Join(err, failed, errAgain)
}

// forgetOriginals also lets go of all that is kept of them besides finished images.
func (n *node) forgetOriginals(ctx context.Context, only string, sources func(string) bool) (removed int, err error) {
	removed, err = n.originals.Purge(ctx, only, sources)
	for _, drop := range n.drops {
		drop(sources)
	}
	return removed, err
}
