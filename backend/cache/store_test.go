package cache_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
)

func TestGroupPromotes(t *testing.T) {
	first, second, third := newFake("first"), newFake("second"), newFake("third")
	mustSet(t, third, "key", cache.Entry{Body: []byte("kept below")})
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{first, second, third}, Load: made.load})
	if got := mustGet(t, group, "key"); got.From != "third" || string(got.Entry.Body) != "kept below" {
		t.Errorf("got %q from %s, want it from the third", got.Entry.Body, got.From)
	}
	if got := mustGet(t, group, "key"); got.From != "first" {
		t.Errorf("then from %s, want it from the first", got.From)
	}
	mustClose(t, group)
	if first.body("key") != "kept below" || second.body("key") != "kept below" {
		t.Error("the layers above were not filled")
	}
	if third.sets.Load() != 1 || made.calls.Load() != 0 {
		t.Errorf("%d sets below, %d loads; want 1 and 0", third.sets.Load(), made.calls.Load())
	}
}

func TestGroupLayerFailureIsAMiss(t *testing.T) {
	rows := []struct {
		name string
		fail func(*fake)
	}{
		{"reading", func(f *fake) { f.getErr = errors.New("cannot read") }},
		{"writing", func(f *fake) { f.setErr = errors.New("cannot write") }},
		{"writing panics", func(f *fake) { f.setPanics = true }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var log bytes.Buffer
			broken, sound := newFake("broken"), newFake("sound")
			row.fail(broken)
			var made counter
			group := newGroup(t, cache.GroupConfig{
				Layers: []cache.Layer{broken, sound}, Load: made.load, Log: slog.New(slog.NewTextHandler(&log, nil)),
			})
			for i := range 50 {
				mustGet(t, group, fmt.Sprint(i))
			}
			mustClose(t, group)
			if got := strings.Count(log.String(), "\n"); got != 1 {
				t.Errorf("%d lines logged, want 1:\n%s", got, log.String())
			}
			if got := group.Stats().Layers[0].Errors; got < 50 {
				t.Errorf("%d errors counted, want 50 or more", got)
			}
			if got := sound.body("49"); got != "49" {
				t.Errorf("the other layer keeps %q", got)
			}
		})
	}
}

func TestGroupCloseWaits(t *testing.T) {
	memory, slow := newFake("memory"), newFake("slow")
	slow.gate = make(chan struct{})
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{memory, slow}, Load: made.load})
	mustGet(t, group, "key") // answered, though the write below hangs
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		mustClose(t, group)
	}()
	<-slow.waiting
	select {
	case <-closed:
		t.Error("closed before the write was done")
	default:
	}
	close(slow.gate)
	<-closed
	if got := slow.body("key"); got != "key" || !slow.closed.Load() || !memory.closed.Load() {
		t.Errorf("slow layer keeps %q, closed %v and %v", got, slow.closed.Load(), memory.closed.Load())
	}
	if _, err := group.Get(t.Context(), "another"); fault.KindOf(err) != fault.Busy {
		t.Errorf("a miss after Close got %v, want busy", err)
	}
}

func TestGroupBoundsWrites(t *testing.T) {
	slow := newFake("slow")
	slow.gate = make(chan struct{})
	var made counter
	group := newGroup(t, cache.GroupConfig{
		Layers: []cache.Layer{newFake("memory"), slow}, Load: made.load, PendingWrites: 2,
	})
	for i := range 5 {
		mustGet(t, group, fmt.Sprint(i))
	}
	close(slow.gate)
	mustClose(t, group)
	if got := slow.sets.Load(); got != 2 || group.Stats().LeftOut != 3 {
		t.Errorf("%d writes, %d left out; want 2 and 3", got, group.Stats().LeftOut)
	}
}

func TestGroupDelete(t *testing.T) {
	first, second := newFake("first"), newFake("second")
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{first, second}, Load: made.load})
	mustSet(t, first, "key", cache.Entry{Body: []byte("old")})
	mustSet(t, second, "key", cache.Entry{Body: []byte("old")})
	if err := group.Delete(t.Context(), "key"); err != nil {
		t.Fatal(err)
	}
	if got := mustGet(t, group, "key"); got.From != "miss" {
		t.Errorf("from %s after the deletion, want a miss", got.From)
	}
}

// TestGroupDeleteDuringFlight deletes what is being made: it must not come back.
func TestGroupDeleteDuringFlight(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	load := func(context.Context, string) (cache.Made, error) {
		close(started)
		<-finish
		return cache.Made{Entry: cache.Entry{Body: []byte("made of the old source")}}, nil
	}
	first, second := newFake("first"), newFake("second")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{first, second}, Load: load})
	visitor := getLater(t.Context(), group, "key")
	<-started
	if err := group.Delete(t.Context(), "key"); err != nil {
		t.Fatal(err)
	}
	close(finish)
	if got := <-visitor; got.err != nil {
		t.Errorf("who waited got %v", got.err)
	}
	mustClose(t, group)
	if first.body("key") != "" || second.body("key") != "" {
		t.Error("the deleted entry is back")
	}
}
