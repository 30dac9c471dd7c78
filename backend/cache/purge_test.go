package cache_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
)

// sourceOf is the group of these tests' keys: what follows the colon.
func sourceOf(key string) string {
	_, source, _ := strings.Cut(key, ":")
	return source
}

func openGrouped(t testing.TB, dir string) *cache.Disk {
	t.Helper()
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: dir, MaxBytes: 1 << 20, GroupOf: sourceOf})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, disk) })
	return disk
}

func selected(source string) cache.Selection {
	return cache.Selection{Group: source, Match: func(key string) bool { return sourceOf(key) == source }}
}

// TestDiskSweepsAfterARestart does not wait until the index is rebuilt.
func TestDiskSweepsAfterARestart(t *testing.T) {
	dir := t.TempDir()
	first := openGrouped(t, dir)
	for i := range 20 {
		mustSet(t, first, fmt.Sprint(i, ":a"), cache.Entry{Body: []byte("body")})
		mustSet(t, first, fmt.Sprint(i, ":b"), cache.Entry{Body: []byte("body")})
	}
	mustClose(t, first)
	second := openGrouped(t, dir)
	if removed, err := second.Sweep(t.Context(), selected("a")); removed != 20 || err != nil {
		t.Errorf("removed %d %v, want 20", removed, err)
	}
	for i := range 20 {
		_, gone, _ := second.Get(t.Context(), fmt.Sprint(i, ":a"))
		_, kept, _ := second.Get(t.Context(), fmt.Sprint(i, ":b"))
		if gone || !kept {
			t.Errorf("%d: a is there: %v, b: %v", i, gone, kept)
		}
	}
}

// TestDiskSweepsGroupsAlone does not trust the folder: another group's files may begin alike.
func TestDiskSweepsGroupsAlone(t *testing.T) {
	disk := openGrouped(t, t.TempDir())
	mustSet(t, disk, "1:a", cache.Entry{})
	mustSet(t, disk, "2:a", cache.Entry{})
	selection := selected("a")
	selection.Match = func(key string) bool { return key == "2:a" }
	if removed, err := disk.Sweep(t.Context(), selection); removed != 1 || err != nil {
		t.Errorf("removed %d %v, want 1", removed, err)
	}
	if removed, err := disk.Sweep(t.Context(), selected("nobody")); removed != 0 || err != nil {
		t.Errorf("a group without files: %d %v", removed, err)
	}
}

func TestDiskSweepRemovesTheUnreadable(t *testing.T) {
	disk := openGrouped(t, t.TempDir())
	mustSet(t, disk, "1:a", cache.Entry{Body: []byte("body")})
	rewrite(t, disk.Path("1:a"), func(good []byte) []byte { return good[:30] })
	if removed, err := disk.Sweep(t.Context(), selected("a")); removed != 0 || err != nil {
		t.Errorf("removed %d %v, want no record", removed, err)
	}
	if _, err := os.Stat(disk.Path("1:a")); !os.IsNotExist(err) {
		t.Errorf("the torn file is still there: %v", err)
	}
}

func TestGroupSweep(t *testing.T) {
	disk := openGrouped(t, t.TempDir())
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{cache.NewMemory(1 << 20), disk}, Load: made.load})
	for _, key := range []string{"1:a", "2:a", "1:b"} {
		mustGet(t, group, key)
	}
	// The writes behind these answers may still run: the sweep waits for them.
	if _, err := group.Sweep(t.Context(), selected("a")); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"1:a": "miss", "2:a": "miss", "1:b": "memory"} {
		if got := mustGet(t, group, key); got.From != want {
			t.Errorf("%s from %s, want %s", key, got.From, want)
		}
	}
}

// TestGroupSweepLeavesFlightsBehind: who asks after the sweep does not join what began before.
func TestGroupSweepLeavesFlightsBehind(t *testing.T) {
	var version atomic.Int64
	begun, finish := make(chan struct{}, 2), make(chan struct{})
	load := func(context.Context, string) (cache.Made, error) {
		body := fmt.Sprint("version ", version.Load())
		begun <- struct{}{}
		<-finish
		return cache.Made{Entry: cache.Entry{Body: []byte(body)}}, nil
	}
	layer := newFake("first")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: load})
	before := getLater(t.Context(), group, "1:a")
	<-begun
	version.Store(1)
	if _, err := group.Sweep(t.Context(), selected("a")); err != nil {
		t.Fatal(err)
	}
	after := getLater(t.Context(), group, "1:a")
	<-begun
	close(finish)
	if got := <-before; string(got.answer.Entry.Body) != "version 0" {
		t.Errorf("who asked before got %q %v", got.answer.Entry.Body, got.err)
	}
	if got := <-after; string(got.answer.Entry.Body) != "version 1" {
		t.Errorf("who asked after got %q %v", got.answer.Entry.Body, got.err)
	}
	if got := layer.body("1:a"); got != "version 1" {
		t.Errorf("kept %q", got)
	}
}

// TestGroupSweepIsComplete has visitors ask while the source changes and is swept, over and
// over: nobody who asks after a sweep returned gets what was made before it began.
func TestGroupSweepIsComplete(t *testing.T) {
	var version atomic.Int64
	load := func(context.Context, string) (cache.Made, error) {
		return cache.Made{Entry: cache.Entry{Width: int(version.Load())}}, nil
	}
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{cache.NewMemory(4000), openGrouped(t, t.TempDir())}, Load: load})
	var swept atomic.Int64
	stop := make(chan struct{})
	var visitors sync.WaitGroup
	for worker := range 4 {
		visitors.Go(func() {
			for i := worker; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				least := swept.Load()
				got, err := group.Get(t.Context(), fmt.Sprint(i%8, ":a"))
				if err != nil || int64(got.Entry.Width) < least {
					t.Errorf("version %d from %s, %v; at least %d was there", got.Entry.Width, got.From, err, least)
					return
				}
			}
		})
	}
	for range 200 {
		now := version.Add(1)
		if _, err := group.Sweep(t.Context(), selected("a")); err != nil {
			t.Error(err)
		}
		swept.Store(now)
	}
	close(stop)
	visitors.Wait()
}

// gated is a layer whose reads and sweeps wait, after a read has read and before a sweep sweeps.
type gated struct {
	*fake
	sweeping, sweep chan struct{} // a sweep says that it begins, and waits
	read, answer    chan struct{} // a read says that it has read, and waits; nil: it does not
}

func (g *gated) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	entry, ok, err := g.fake.Get(ctx, key)
	if g.read != nil && ok {
		g.read <- struct{}{}
		<-g.answer
	}
	return entry, ok, err
}

func (g *gated) Sweep(ctx context.Context, selection cache.Selection) (int, error) {
	g.sweeping <- struct{}{}
	<-g.sweep
	return g.fake.Sweep(ctx, selection)
}

// TestGroupSweepAndPromotion: a visitor finds the old entry in the slow layer just before that
// is swept. The copy that goes to the fast layer, before or after, must not stay.
func TestGroupSweepAndPromotion(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprint("the copy comes after the sweep: ", late), func(t *testing.T) {
			fast := newFake("fast")
			slow := &gated{fake: newFake("slow"), sweeping: make(chan struct{}), sweep: make(chan struct{})}
			if late {
				slow.read, slow.answer = make(chan struct{}), make(chan struct{})
			}
			mustSet(t, slow, "1:a", cache.Entry{Body: []byte("old")})
			var made counter
			group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{fast, slow}, Load: made.load})
			swept := sweepLater(t, group)
			<-slow.sweeping
			visitor := getLater(t.Context(), group, "1:a")
			if late {
				<-slow.read
				close(slow.sweep)
				<-swept
				close(slow.answer)
				<-visitor
			} else {
				<-visitor
				close(slow.sweep)
				<-swept
			}
			if got := fast.body("1:a"); got != "" {
				t.Errorf("the fast layer has %q", got)
			}
		})
	}
}

// TestGroupSweepWaitsForWrites: one that is under way ends first, and is swept.
func TestGroupSweepWaitsForWrites(t *testing.T) {
	slow := newFake("slow")
	slow.gate = make(chan struct{})
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{newFake("fast"), slow}, Load: made.load})
	mustGet(t, group, "1:a")
	<-slow.waiting
	swept := sweepLater(t, group)
	select {
	case <-swept:
		t.Error("swept while a write was under way")
	case <-time.After(20 * time.Millisecond): // a sweep that does not wait is done by then
	}
	close(slow.gate)
	<-swept
	if got := slow.body("1:a"); got != "" {
		t.Errorf("the slow layer has %q", got)
	}
}

func sweepLater(t *testing.T, group *cache.Group) <-chan struct{} {
	t.Helper()
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		if _, err := group.Sweep(t.Context(), selected("a")); err != nil {
			t.Error(err)
		}
	}()
	return swept
}
