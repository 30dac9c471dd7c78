package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// slowHosts is on how many loopback addresses the slow origin answers: gip gives one host at
// most a quarter of its download slots, so one slow host alone would not fill them.
const slowHosts = 8

// origin serves the photographs at as many addresses as anybody asks for: /p/NUMBER/NAME. A
// number that was never used is a source that no server has seen. /slow/… answers late.
type origin struct {
	servers []*http.Server
	base    string
	slow    []string // base of each slow host
	delay   time.Duration

	mu      sync.Mutex // guards what follows
	photos  map[string][]byte
	fetches map[string]int // by path
	number  int
	waiting int // slow answers under way
}

func startOrigin(delay time.Duration) (*origin, error) {
	o := &origin{delay: delay, photos: map[string][]byte{}, fetches: map[string]int{}}
	var err error
	if o.base, err = o.listen("127.0.0.1:0"); err != nil {
		return nil, err
	}
	for i := range slowHosts {
		base, err := o.listen(fmt.Sprintf("127.0.0.%d:0", i+2))
		if err != nil {
			o.close()
			return nil, err
		}
		o.slow = append(o.slow, base)
	}
	return o, nil
}

func (o *origin) listen(address string) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp4", address)
	if err != nil {
		return "", fmt.Errorf("the origin: %w", err)
	}
	server := &http.Server{Handler: o, ReadHeaderTimeout: time.Minute}
	o.servers = append(o.servers, server)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic("bench: the origin stopped: " + err.Error())
		}
	}()
	return "http://" + listener.Addr().String(), nil
}

func (o *origin) close() {
	for _, server := range o.servers {
		_ = server.Close()
	}
}

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, found := o.count(r)
	if !found {
		http.NotFound(w, r)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/slow/") {
		o.wait(r)
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Cache-Control", "public, max-age=86400")
	w.Header().Set("ETag", `"1"`)
	_, _ = w.Write(body)
}

func (o *origin) count(r *http.Request) (body []byte, found bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fetches[r.URL.Path]++
	body, found = o.photos[r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]]
	return body, found
}

func (o *origin) wait(r *http.Request) {
	o.addWaiting(1)
	defer o.addWaiting(-1)
	select {
	case <-time.After(o.delay):
	case <-r.Context().Done():
	}
}

func (o *origin) addWaiting(n int) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting += n
	return o.waiting
}

// fresh is the address of a source that no server has seen.
func (o *origin) fresh(p photograph) string {
	return o.base + o.path("p", p)
}

// slowSource is a fresh one on the n-th slow host.
func (o *origin) slowSource(n int, p photograph) string {
	return o.slow[n%len(o.slow)] + o.path("slow", p)
}

func (o *origin) path(kind string, p photograph) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.photos[p.name] = p.data
	o.number++
	return fmt.Sprintf("/%s/%d/%s", kind, o.number, p.name)
}

// fetched tells how often a source was asked for.
func (o *origin) fetched(source string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fetches[strings.TrimPrefix(source, o.base)]
}
