package main

import "testing"

func TestGarbageBesideTheCaches(t *testing.T) {
	for live, want := range map[uint64]int{
		0:            1000,
		2 << 20:      1000,
		96 << 20:     25,
		4 << 30:      15,
		garbageBytes: 100,
	} {
		if got := percentFor(live); got != want {
			t.Errorf("%d bytes in use: %d %%, want %d", live, got, want)
		}
	}
}
