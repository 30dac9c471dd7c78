package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// target is what one hot measurement asks for, again and again, in turn.
type target struct {
	tree      tree
	addresses []string // of one server
	etag      string   // sent as If-None-Match
}

// hot is what came of it.
type hot struct {
	perSecond float64
	p50, p95  time.Duration
	cpu       float64 // microseconds of the server for each request
}

// hammer keeps so many connections busy for a while. wrk counts whole seconds; without it, or
// for less, our own client does.
func (b *bench) hammer(ctx context.Context, t target, clients int, howLong time.Duration) (hot, error) {
	before := t.tree.cpu()
	shoot := b.withWrk
	if b.wrk == "" || howLong < time.Second {
		b.note("Hot rows: our own client (Go's net/http), which is slower than wrk and takes processor time from the server.")
		shoot = withOwnClient
	} else {
		b.note("Hot rows: wrk, 2 threads.")
	}
	h, requests, err := shoot(ctx, t, clients, howLong)
	if err == nil && requests == 0 {
		err = fault.New(fault.Internal, "no request was answered")
	}
	h.cpu = float64((t.tree.cpu() - before).Microseconds()) / max(requests, 1)
	return h, err
}

// wrkScript prints what wrk prints for people in one line. Several paths are gone through in
// turn; a single one is left to wrk, which has it ready.
const wrkScript = `%s
local paths = {%s}
local ready, i = {}, 0
if #paths > 1 then
  function init(args)
    for n, path in ipairs(paths) do ready[n] = wrk.format("GET", path) end
  end
  function request()
    i = i %% #ready + 1
    return ready[i]
  end
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("\nbench %%d %%d %%d %%d %%d\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(95)))
end
`

func (b *bench) withWrk(ctx context.Context, t target, clients int, howLong time.Duration) (hot, float64, error) {
	script := filepath.Join(b.folder, "wrk.lua")
	text, err := scriptFor(t)
	if err != nil {
		return hot{}, 0, err
	}
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		return hot{}, 0, err
	}
	arguments := []string{
		fmt.Sprintf("-t%d", min(2, clients)), fmt.Sprintf("-c%d", clients), fmt.Sprintf("-d%ds", int(howLong.Seconds())),
		"-s", script, t.addresses[0],
	}
	out, err := exec.CommandContext(ctx, b.wrk, arguments...).CombinedOutput() //nolint:gosec // found on the path
	if err != nil {
		return hot{}, 0, fmt.Errorf("wrk: %w: %s", err, out)
	}
	return readWrk(out)
}

func scriptFor(t target) (string, error) {
	var paths []string
	for _, address := range t.addresses {
		parsed, err := url.Parse(address)
		if err != nil {
			return "", err
		}
		paths = append(paths, fmt.Sprintf("%q", parsed.RequestURI()))
	}
	header := ""
	if t.etag != "" {
		header = fmt.Sprintf("wrk.headers[\"If-None-Match\"] = %q", t.etag)
	}
	return fmt.Sprintf(wrkScript, header, strings.Join(paths, ",\n")), nil
}

func readWrk(out []byte) (hot, float64, error) {
	var requests, duration, failures, p50, p95 int64
	_, line, found := bytes.Cut(out, []byte("\nbench "))
	if _, err := fmt.Sscan(string(line), &requests, &duration, &failures, &p50, &p95); err != nil || !found || duration == 0 {
		return hot{}, 0, fault.New(fault.Internal, "wrk said: %.300s", out)
	}
	if failures > 0 {
		return hot{}, 0, fault.New(fault.Internal, "%d of %d hot requests failed", failures, requests)
	}
	return hot{
		perSecond: float64(requests) / (time.Duration(duration) * time.Microsecond).Seconds(),
		p50:       time.Duration(p50) * time.Microsecond, p95: time.Duration(p95) * time.Microsecond,
	}, float64(requests), nil
}

func withOwnClient(ctx context.Context, t target, clients int, howLong time.Duration) (hot, float64, error) {
	client := newClient(clients)
	defer client.CloseIdleConnections()
	header := http.Header{}
	if t.etag != "" {
		header.Set("If-None-Match", t.etag)
	}
	var (
		mu     sync.Mutex // guards took and first
		took   []time.Duration
		first  error
		active sync.WaitGroup
	)
	began := time.Now()
	for c := range clients {
		active.Go(func() {
			for i := c; time.Since(began) < howLong; i++ {
				s, err := get(ctx, client, t.addresses[i%len(t.addresses)], header)
				mu.Lock()
				took = append(took, s.took)
				if err != nil {
					first = err
				}
				failed := first != nil
				mu.Unlock()
				if failed {
					return
				}
			}
		})
	}
	active.Wait()
	slices.Sort(took)
	o := outcome{count: len(took), took: time.Since(began), latencies: took}
	return hot{perSecond: o.perSecond(), p50: o.percentile(0.5), p95: o.percentile(0.95)}, float64(o.count), first
}
