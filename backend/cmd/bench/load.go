package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// outcome is what came of some requests.
type outcome struct {
	count     int
	refused   int // 408, 429 and 503: too busy, or out of its own time
	bytes     int64
	took      time.Duration
	latencies []time.Duration // ascending
}

func (o outcome) perSecond() float64 { return float64(o.count) / o.took.Seconds() }

// percentile of the latencies: 0.5 is the median.
func (o outcome) percentile(p float64) time.Duration {
	if len(o.latencies) == 0 {
		return 0
	}
	return o.latencies[min(int(p*float64(len(o.latencies))), len(o.latencies)-1)]
}

// plus joins two outcomes that came one after the other.
func (o outcome) plus(other outcome) outcome {
	o.count += other.count
	o.refused += other.refused
	o.bytes += other.bytes
	o.took += other.took
	o.latencies = slices.Sorted(slices.Values(append(slices.Clone(o.latencies), other.latencies...)))
	return o
}

// newClient has connections enough for so many clients, kept alive.
func newClient(clients int) *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: clients, MaxIdleConns: clients, DisableCompression: true}
	return &http.Client{Transport: transport, Timeout: 5 * time.Minute}
}

// drive asks for each address once. As many clients take turns: each begins its next request
// when its last is answered. Refusals are counted; else anything but an
// image is an error.
func drive(ctx context.Context, clients int, addresses []string) (outcome, error) {
	client := newClient(clients)
	defer client.CloseIdleConnections()
	var (
		next   atomic.Int64
		mu     sync.Mutex // guards total and first
		total  outcome
		first  error
		active sync.WaitGroup
	)
	began := time.Now()
	for range min(clients, len(addresses)) {
		active.Go(func() {
			mine, err := takeTurns(ctx, client, &next, addresses)
			mu.Lock()
			defer mu.Unlock()
			total = total.plus(mine)
			if first == nil {
				first = err
			}
		})
	}
	active.Wait()
	total.took = time.Since(began)
	return total, first
}

func takeTurns(ctx context.Context, client *http.Client, next *atomic.Int64, addresses []string) (outcome, error) {
	var mine outcome
	for {
		i := int(next.Add(1)) - 1
		if i >= len(addresses) {
			return mine, nil
		}
		seen, err := get(ctx, client, addresses[i], nil)
		if errors.As(err, new(refusal)) {
			mine.refused++
			continue
		}
		if err != nil {
			return mine, err
		}
		mine.count++
		mine.bytes += int64(len(seen.body))
		mine.latencies = append(mine.latencies, seen.took)
	}
}

// refusal is a server that has too much to do.
type refusal struct{ status int }

func (r refusal) Error() string { return fmt.Sprintf("refused with %d", r.status) }

// seen is one answer.
type seen struct {
	status      int
	header      http.Header
	body        []byte
	first, took time.Duration // until the header, until the end
}

// get fetches one image. A status that is neither 200 nor 304 is an error that quotes the answer.
func get(ctx context.Context, client *http.Client, address string, header http.Header) (seen, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return seen{}, err
	}
	for name, values := range header {
		request.Header[name] = values
	}
	began := time.Now()
	response, err := client.Do(request)
	if err != nil {
		return seen{}, err
	}
	defer response.Body.Close()
	s := seen{status: response.StatusCode, header: response.Header, first: time.Since(began)}
	if s.body, err = io.ReadAll(response.Body); err != nil {
		return seen{}, err
	}
	s.took = time.Since(began)
	if s.status == http.StatusServiceUnavailable || s.status == http.StatusTooManyRequests || s.status == http.StatusRequestTimeout {
		return seen{}, refusal{s.status}
	}
	if s.status != http.StatusOK && s.status != http.StatusNotModified {
		return seen{}, fault.New(fault.Internal, "%s answered %d: %.120s", request.URL.Host, s.status, s.body)
	}
	return s, nil
}
