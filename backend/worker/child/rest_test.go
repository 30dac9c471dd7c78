package child

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestResting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rests := 0
		work := resting(func(transform.Job) (transform.Result, error) {
			time.Sleep(time.Minute) // far longer than the pause
			return transform.Result{}, nil
		}, time.Second, func() { rests++ })
		expect := func(when string, want int) {
			t.Helper()
			if synctest.Wait(); rests != want {
				t.Errorf("%s: rested %d times, want %d", when, rests, want)
			}
		}
		for range 3 {
			_, _ = work(transform.Job{})
			time.Sleep(time.Second / 2)
		}
		expect("while jobs follow each other", 0)
		time.Sleep(time.Minute)
		expect("after the last one", 1)
		_, _ = work(transform.Job{})
		time.Sleep(2 * time.Second)
		expect("after one more", 2)
	})
}
