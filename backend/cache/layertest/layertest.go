// Package layertest is the conformance suite of cache.Layer: every layer's own test runs it.
//
// The promise: a layer that passes can stand at any place of a cache.Group.
//
// It does not test what a layer promises beyond the interface: bounds, restarts, damage.
package layertest

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
)

// Run tests the layers that open gives: each call an empty one, that takes at least 1 MiB, and
// that open closes by t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) cache.Layer) {
	t.Helper()
	rows := []struct {
		name string
		test func(t *testing.T, layer cache.Layer)
	}{
		{"has a name", testName},
		{"absent key", testAbsent},
		{"gives back what was set", testRoundTrip},
		{"an empty body", testEmptyBody},
		{"a large body", testLargeBody},
		{"set replaces", testReplace},
		{"keys are exact", testKeys},
		{"delete", testDelete},
		{"an expired entry is absent", testExpired},
		{"an expired entry replaces", testExpiredReplaces},
		{"expires while it is kept", testExpires},
		{"stale, spare and kept entries stay", testOutlives},
		{"sweep", testSweep},
		{"many goroutines", testConcurrent},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { row.test(t, open(t)) })
	}
}

func testName(t *testing.T, layer cache.Layer) {
	if first, second := layer.Name(), layer.Name(); first == "" || first != second {
		t.Errorf("name %q is empty or changes", layer.Name())
	}
}

func testAbsent(t *testing.T, layer cache.Layer) {
	wantAbsent(t, layer, "never set")
	if err := layer.Delete(t.Context(), "never set"); err != nil {
		t.Errorf("delete of an absent key: %v", err)
	}
}

func testRoundTrip(t *testing.T, layer cache.Layer) {
	now := time.Now()
	whole := cache.Entry{
		Body: []byte("\x00\xff body"), MediaType: "image/avif", ETag: `"tag"`,
		Created: now, Expires: now.Add(time.Hour), Width: 640, Height: 480, Note: "animation: first-frame",
	}
	set(t, layer, "whole", whole)
	wantEntry(t, layer, "whole", whole)
	bare := cache.Entry{Body: []byte("bare")}
	set(t, layer, "bare", bare)
	wantEntry(t, layer, "bare", bare)
}

func testEmptyBody(t *testing.T, layer cache.Layer) {
	entry := cache.Entry{MediaType: "image/gif"}
	set(t, layer, "empty", entry)
	wantEntry(t, layer, "empty", entry)
}

func testLargeBody(t *testing.T, layer cache.Layer) {
	entry := cache.Entry{Body: bytes.Repeat([]byte("0123456789abcdef"), 200<<10/16)}
	set(t, layer, "large", entry)
	wantEntry(t, layer, "large", entry)
}

func testReplace(t *testing.T, layer cache.Layer) {
	set(t, layer, "key", cache.Entry{Body: []byte("a first and longer body"), ETag: `"1"`})
	second := cache.Entry{Body: []byte("second"), ETag: `"2"`}
	set(t, layer, "key", second)
	wantEntry(t, layer, "key", second)
}

// testKeys uses keys that some store would fold together, cut, or take for a path.
func testKeys(t *testing.T, layer cache.Layer) {
	long := strings.Repeat("k", 8<<10)
	keys := []string{
		"", " ", "key", "Key", "key ", "key\x00", "key\n", "/", "/key", "key/", "../key", "../../../key",
		"/w:10/plain/https://a.example/b%20c.jpg", "k\xc3\xa9y", "ke\xcc\x81y", "\xff\xfe", "*", "k?y", long, long + "k",
	}
	for i, key := range keys {
		set(t, layer, key, cache.Entry{Body: fmt.Appendf(nil, "body %d", i)})
	}
	for i, key := range keys {
		wantEntry(t, layer, key, cache.Entry{Body: fmt.Appendf(nil, "body %d", i)})
	}
}

func testDelete(t *testing.T, layer cache.Layer) {
	kept := cache.Entry{Body: []byte("kept")}
	set(t, layer, "kept", kept)
	set(t, layer, "gone", cache.Entry{Body: []byte("gone")})
	if err := layer.Delete(t.Context(), "gone"); err != nil {
		t.Fatalf("delete: %v", err)
	}
	wantAbsent(t, layer, "gone")
	wantEntry(t, layer, "kept", kept)
	set(t, layer, "gone", kept)
	wantEntry(t, layer, "gone", kept)
}

func testExpired(t *testing.T, layer cache.Layer) {
	set(t, layer, "old", cache.Entry{Body: []byte("old"), Expires: time.Now().Add(-time.Second)})
	wantNotFresh(t, layer, "old")
}

func testExpiredReplaces(t *testing.T, layer cache.Layer) {
	set(t, layer, "key", cache.Entry{Body: []byte("what was there")})
	set(t, layer, "key", cache.Entry{Body: []byte("old"), Expires: time.Now().Add(-time.Second)})
	wantNotFresh(t, layer, "key")
}

// testExpires waits as long as the entry lives, by the entry's own clock.
func testExpires(t *testing.T, layer cache.Layer) {
	entry := cache.Entry{Body: []byte("brief"), Expires: time.Now().Add(20 * time.Millisecond)}
	set(t, layer, "brief", entry)
	for entry.Fresh(time.Now()) {
		time.Sleep(time.Millisecond)
	}
	wantNotFresh(t, layer, "brief")
}

// testOutlives: an entry is kept until the last of its times.
func testOutlives(t *testing.T, layer cache.Layer) {
	past, future := time.Now().Add(-time.Second), time.Now().Add(time.Hour)
	rows := map[string]cache.Entry{
		"stale":    {Body: []byte("stale"), Expires: past, Stale: future},
		"if error": {Body: []byte("if error"), Expires: past, IfError: future},
		"kept":     {Body: []byte("kept"), Expires: past, Stale: past, Kept: future},
	}
	for key, entry := range rows {
		set(t, layer, key, entry)
		wantEntry(t, layer, key, entry)
	}
	set(t, layer, "over", cache.Entry{Body: []byte("over"), Expires: past, Stale: past, IfError: past, Kept: past})
	if entry, ok := get(t, layer, "over"); ok && entry.Alive(time.Now()) {
		t.Errorf("an entry past its end is alive: %+v", entry)
	}
}

func testSweep(t *testing.T, layer cache.Layer) {
	rows := []struct {
		name      string
		selection cache.Selection
		left      string
		removed   int
	}{
		{"none", cache.Selection{Match: func(string) bool { return false }}, "a1 a2 b1", 0},
		{"some", cache.Selection{Match: func(key string) bool { return strings.HasPrefix(key, "a") }}, "b1", 2},
		{"all", cache.Selection{}, "", 3},
	}
	for _, row := range rows {
		for _, key := range []string{"a1", "a2", "b1"} {
			set(t, layer, key, cache.Entry{Body: []byte(key)})
		}
		removed, err := layer.Sweep(t.Context(), row.selection)
		if err != nil || removed != row.removed {
			t.Errorf("%s: removed %d %v, want %d", row.name, removed, err, row.removed)
		}
		var left []string
		for _, key := range []string{"a1", "a2", "b1"} {
			if _, ok := get(t, layer, key); ok {
				left = append(left, key)
			}
		}
		if got := strings.Join(left, " "); got != row.left {
			t.Errorf("%s: left %q, want %q", row.name, got, row.left)
		}
	}
}

// testConcurrent has all methods run at once on few keys. Whatever an entry is, it is whole.
func testConcurrent(t *testing.T, layer cache.Layer) {
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for round := range 40 {
				tangle(t, layer, fmt.Sprint("key", round%4), worker)
			}
		})
	}
	group.Wait()
}

func tangle(t *testing.T, layer cache.Layer, key string, worker int) {
	ctx := t.Context()
	body := bytes.Repeat([]byte{byte('a' + worker)}, 1000+worker)
	if err := layer.Set(ctx, key, cache.Entry{Body: body, MediaType: key}); err != nil {
		t.Errorf("set %s: %v", key, err)
	}
	entry, ok, err := layer.Get(ctx, key)
	if err != nil {
		t.Errorf("get %s: %v", key, err)
	}
	if ok && !isTangled(entry, key) {
		t.Errorf("get %s: not an entry that was set: %d bytes, %s", key, len(entry.Body), entry.MediaType)
	}
	if worker == 1 && key == "key1" {
		if _, err := layer.Sweep(ctx, cache.Selection{Match: func(other string) bool { return other == key }}); err != nil {
			t.Errorf("sweep %s: %v", key, err)
		}
	}
	if worker == 0 {
		if err := layer.Delete(ctx, key); err != nil {
			t.Errorf("delete %s: %v", key, err)
		}
	}
}

func isTangled(entry cache.Entry, key string) bool {
	if entry.MediaType != key || len(entry.Body) < 1000 {
		return false
	}
	first := entry.Body[0]
	return len(entry.Body) == 1000+int(first-'a') && bytes.Count(entry.Body, []byte{first}) == len(entry.Body)
}

func set(t *testing.T, layer cache.Layer, key string, entry cache.Entry) {
	t.Helper()
	if err := layer.Set(t.Context(), key, entry); err != nil {
		t.Fatalf("set %.40q: %v", key, err)
	}
}

func get(t *testing.T, layer cache.Layer, key string) (cache.Entry, bool) {
	t.Helper()
	entry, ok, err := layer.Get(t.Context(), key)
	if err != nil {
		t.Fatalf("get %.40q: %v", key, err)
	}
	return entry, ok
}

func wantAbsent(t *testing.T, layer cache.Layer, key string) {
	t.Helper()
	if entry, ok := get(t, layer, key); ok || entry.Body != nil {
		t.Errorf("get %.40q: got %q, want nothing", key, entry.Body)
	}
}

// wantNotFresh allows a layer to give an expired entry, which a Group ignores, but no other.
func wantNotFresh(t *testing.T, layer cache.Layer, key string) {
	t.Helper()
	if entry, ok := get(t, layer, key); ok && entry.Fresh(time.Now()) {
		t.Errorf("get %.40q: got a fresh %q, want nothing", key, entry.Body)
	}
}

func wantEntry(t *testing.T, layer cache.Layer, key string, want cache.Entry) {
	t.Helper()
	got, ok := get(t, layer, key)
	if !ok {
		t.Errorf("get %.40q: absent", key)
		return
	}
	if !bytes.Equal(got.Body, want.Body) {
		t.Errorf("get %.40q: body %.40q, want %.40q", key, got.Body, want.Body)
	}
	if !got.Created.Equal(want.Created) || !got.Expires.Equal(want.Expires) {
		t.Errorf("get %.40q: times %v %v, want %v %v", key, got.Created, got.Expires, want.Created, want.Expires)
	}
	if !got.Stale.Equal(want.Stale) || !got.IfError.Equal(want.IfError) || !got.Kept.Equal(want.Kept) {
		t.Errorf("get %.40q: further times %v %v %v, want %v %v %v", key, got.Stale, got.IfError, got.Kept, want.Stale, want.IfError, want.Kept)
	}
	got.Body, got.Created, got.Expires = want.Body, want.Created, want.Expires
	got.Stale, got.IfError, got.Kept = want.Stale, want.IfError, want.Kept
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("get %.40q: got %+v, want %+v", key, got, want)
	}
}
