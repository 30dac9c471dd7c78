package cache_test

import (
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
)

func TestETagOf(t *testing.T) {
	tag := cache.ETagOf([]byte("body"), "image/webp")
	if len(tag) != 24 || tag[0] != '"' || tag[23] != '"' {
		t.Errorf("%s is not 22 characters in quotes", tag)
	}
	if tag != cache.ETagOf([]byte("body"), "image/webp") {
		t.Error("the same representation has two tags")
	}
	for _, other := range []string{
		cache.ETagOf([]byte("Body"), "image/webp"),
		cache.ETagOf([]byte("body"), "image/avif"),
		cache.ETagOf([]byte("bbody"), "image/web"),
		cache.ETagOf(nil, ""),
	} {
		if tag == other {
			t.Errorf("another representation has the tag %s, too", tag)
		}
	}
}
