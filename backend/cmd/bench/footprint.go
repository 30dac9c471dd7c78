package main

import "time"

// lookEvery is how often the memory of a tree is looked at: the kernel walks all its pages for it.
const lookEvery = 100 * time.Millisecond

// watchFootprint looks at a tree's memory until stop, which gives the most that it saw.
func watchFootprint(t tree) (stop func() int64) {
	ended, most := make(chan struct{}), make(chan int64)
	go func() {
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		seen := t.footprint()
		for {
			select {
			case <-ticker.C:
				seen = max(seen, t.footprint())
			case <-ended:
				most <- seen
				return
			}
		}
	}()
	return func() int64 {
		close(ended)
		return <-most
	}
}
