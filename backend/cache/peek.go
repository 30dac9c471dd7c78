package cache

import "context"

// Peek gives the key's fresh entry if a layer has one, as Get would (faster layers get a copy),
// or with a File, which the caller must close. It waits for nobody and makes nothing; a miss
// counts nowhere, since Get follows.
func (g *Group) Peek(key string) (Answer, bool) {
	entry, layer, _ := g.find(context.Background(), key, (*Group).open)
	if layer == nil || !entry.Fresh(g.config.Now()) {
		return Answer{}, false
	}
	layer.hits.Add(1)
	return Answer{Entry: entry, From: layer.Name()}, true
}

// open gives the entry with its file, where the layer can and the entry is fresh.
func (g *Group) open(ctx context.Context, layer *tracked, key string) (Entry, bool, error) {
	opener, ok := layer.Layer.(Opener)
	if !ok {
		return layer.Get(ctx, key)
	}
	entry, ok, err := opener.Open(ctx, key)
	if entry.File != nil && !entry.Fresh(g.config.Now()) {
		return Entry{}, false, entry.File.Close()
	}
	return entry, ok, err
}
