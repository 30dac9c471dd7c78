package source

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gip4all/gip4all/backend/fault"
)

// asked is one acquire that runs on its own: first its error comes, then it holds its slots
// until it is told to finish.
type asked struct {
	result chan error
	finish chan struct{}
}

func ask(ctx context.Context, s *shares, host string) asked {
	a := asked{make(chan error, 1), make(chan struct{})}
	go func() {
		release, err := s.acquire(ctx, host)
		a.result <- err
		if err == nil {
			<-a.finish
			release()
		}
	}()
	synctest.Wait() // it holds, waits or was refused now, in the order of asking
	return a
}

func (a asked) waits() bool { return len(a.result) == 0 }

func askMany(ctx context.Context, s *shares, host string, count int) (all []asked) {
	for range count {
		all = append(all, ask(ctx, s, host))
	}
	return all
}

func endAll(t *testing.T, s *shares, all []asked) {
	t.Helper()
	for _, a := range all {
		close(a.finish)
	}
	for _, a := range all {
		if err := <-a.result; err != nil {
			t.Error(err)
		}
	}
	synctest.Wait()
	checkShares(t, s, 0, 0, 0)
}

func checkShares(t *testing.T, s *shares, running, waiting, hosts int) {
	t.Helper()
	if len(s.slots) != running || s.waiting != waiting || len(s.hosts) != hosts {
		t.Errorf("%d run, %d wait, %d hosts; want %d, %d, %d", len(s.slots), s.waiting, len(s.hosts), running, waiting, hosts)
	}
}

func wantBusy(t *testing.T, s *shares, host string) {
	t.Helper()
	if _, err := s.acquire(t.Context(), host); fault.KindOf(err) != fault.Busy {
		t.Errorf("%s: %v, want busy", host, err)
	}
}

func TestHostHoldsAQuarter(t *testing.T) {
	rows := []struct{ connections, want int }{{1, 1}, {3, 1}, {4, 1}, {7, 1}, {8, 2}, {64, 16}}
	for _, row := range rows {
		t.Run(strconv.Itoa(row.connections), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShares(row.connections)
				all := askMany(t.Context(), s, "slow.example", row.want+1)
				if all[row.want-1].waits() || !all[row.want].waits() {
					t.Errorf("%d run at once, want %d", len(s.slots), row.want)
				}
				endAll(t, s, all)
			})
		})
	}
}

func TestSlowHostLeavesTheOthersTheirs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShares(8)
		slow := askMany(t.Context(), s, "slow.example", 2+8)
		checkShares(t, s, 2, 8, 1)
		wantBusy(t, s, "slow.example")
		others := askMany(t.Context(), s, "quick.example", 2)
		checkShares(t, s, 4, 8, 2)
		endAll(t, s, append(others, slow...))
	})
}

func TestAllSlotsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShares(2) // each host holds one
		all := askMany(t.Context(), s, "a.example", 1)
		all = append(all, ask(t.Context(), s, "b.example"), ask(t.Context(), s, "c.example"))
		if all[1].waits() || !all[2].waits() {
			t.Error("two of three should run")
		}
		checkShares(t, s, 2, 1, 3)
		endAll(t, s, all)
	})
}

func TestWaitingIsBoundedForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShares(1)
		all := askMany(t.Context(), s, "a.example", 2)
		for _, host := range []string{"b.example", "c.example", "d.example"} {
			all = append(all, ask(t.Context(), s, host))
			wantBusy(t, s, host) // each host may have one that waits
		}
		checkShares(t, s, 1, 4, 4)
		wantBusy(t, s, "e.example") // all may have four
		checkShares(t, s, 1, 4, 4)
		endAll(t, s, all)
	})
}

// TestLeavingTheQueue: whoever waits, for its host or for all, gives its place back.
func TestLeavingTheQueue(t *testing.T) {
	for _, host := range []string{"a.example", "b.example"} {
		t.Run(host, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShares(1)
				running := ask(t.Context(), s, "a.example")
				ctx, cancel := context.WithCancel(t.Context())
				leaver := ask(ctx, s, host)
				wantBusy(t, s, host)
				cancel()
				if err := <-leaver.result; !errors.Is(err, context.Canceled) {
					t.Errorf("%v, want cancelled", err)
				}
				synctest.Wait()
				checkShares(t, s, 1, 0, 1)
				next := ask(t.Context(), s, host)
				if !next.waits() {
					t.Error("the next one should wait in its place")
				}
				endAll(t, s, []asked{running, next})
			})
		})
	}
}

// TestStalledOriginStarvesNoOther is the whole of it, over HTTP.
func TestStalledOriginStarvesNoOther(t *testing.T) {
	arrived := make(chan struct{}, 1+4)
	slow := serve(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		stall(w, r)
	})
	quick, _ := canary(t)
	f := newFetcher(t, Config{AllowNetworks: loopback(), Connections: 4})
	ctx, cancel := context.WithCancel(t.Context())
	stalled := make(chan error, 1+4)
	for range cap(stalled) {
		go func() {
			_, err := f.Open(ctx, slow.URL)
			stalled <- err
		}()
	}
	<-arrived
	original, err := f.Open(t.Context(), quick.URL)
	if err != nil {
		t.Errorf("another host: %v", err)
	}
	original.Release()
	cancel()
	for range cap(stalled) {
		if err := <-stalled; !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want cancelled", err)
		}
	}
	checkIdle(t, f)
}

// TestBusyNamesTheHost: the message is shown to visitors.
func TestBusyNamesTheHost(t *testing.T) {
	origin, _ := canary(t)
	host := strings.TrimPrefix(origin.URL, "http://")
	f := newFetcher(t, Config{AllowNetworks: loopback(), Connections: 1})
	release, err := f.shares.acquire(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	f.shares.waiting = 4
	_, err = f.Open(t.Context(), origin.URL)
	if want := host + ": too many downloads wait; try again in a moment"; fault.KindOf(err) != fault.Busy || fault.Message(err) != want {
		t.Errorf("%v, want %q", err, want)
	}
}
