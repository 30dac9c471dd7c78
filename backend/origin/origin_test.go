package origin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/origin"
	"github.com/gip4all/gip4all/backend/source"
)

// site is an origin whose one picture a test changes; it answers conditional requests.
type site struct {
	*httptest.Server
	mu      sync.Mutex // guards what follows
	body    string
	header  http.Header
	status  int // not 0: instead of the picture
	whole   int // answers with a body
	checked int // answers 304
	gate    chan struct{}
}

func startSite(t *testing.T, header ...string) *site {
	t.Helper()
	s := &site{body: "picture", header: http.Header{}}
	s.say(header...)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// say sets the answer's header; pairs.
func (s *site) say(header ...string) {
	s.set(func() {
		s.header = http.Header{}
		for i := 0; i < len(header); i += 2 {
			s.header.Add(header[i], header[i+1])
		}
	})
}

func (s *site) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, values := range s.header {
		w.Header()[name] = values
	}
	tag, changed := s.header.Get("Etag"), s.header.Get("Last-Modified")
	switch {
	case s.status != 0:
		w.WriteHeader(s.status)
	case tag != "" && r.Header.Get("If-None-Match") == tag, tag == "" && changed != "" && r.Header.Get("If-Modified-Since") == changed:
		s.checked++
		w.WriteHeader(http.StatusNotModified)
	default:
		s.whole++
		_, _ = w.Write([]byte(s.body))
	}
}

func (s *site) want(t *testing.T, whole, checked int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.whole != whole || s.checked != checked {
		t.Errorf("%d downloads and %d times not modified, want %d and %d", s.whole, s.checked, whole, checked)
	}
}

// rig is originals with a clock of their own.
type rig struct {
	*origin.Originals
	t       *testing.T
	fetcher *source.Fetcher
	passed  atomic.Int64
}

func newRig(t *testing.T, dir string, change func(*origin.Config, *source.Config)) *rig {
	t.Helper()
	r := &rig{t: t}
	from := source.Config{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	config := origin.Config{Layers: []cache.Layer{cache.NewMemory(1 << 20)}, Now: func() time.Time {
		return time.Now().Add(time.Duration(r.passed.Load()))
	}}
	if dir != "" {
		disk, err := cache.NewDisk(cache.DiskConfig{Dir: dir, GroupOf: origin.SourceOf})
		if err != nil {
			t.Fatal(err)
		}
		config.Layers = append(config.Layers, disk)
	}
	if change != nil {
		change(&config, &from)
	}
	var err error
	if r.fetcher, err = source.New(from); err != nil {
		t.Fatal(err)
	}
	config.Fetcher = r.fetcher
	if r.Originals, err = origin.New(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close(); _ = r.fetcher.Close() })
	return r
}

func (r *rig) pass(d time.Duration) { r.passed.Add(int64(d)) }

func (r *rig) open(address string) source.Original {
	r.t.Helper()
	original, err := r.Open(r.t.Context(), address)
	if err != nil {
		r.t.Fatalf("open: %v", err)
	}
	original.Release()
	return original
}

// TestFreshness opens three times: at once again, after a minute and after a day.
func TestFreshness(t *testing.T) {
	rows := []struct {
		name           string
		header         []string
		whole, checked int
	}{
		{"max-age", []string{"Cache-Control", "max-age=3600"}, 2, 0},
		{"a long max-age", []string{"Cache-Control", "max-age=864000"}, 1, 0},
		{"max-age and ETag", []string{"Cache-Control", "max-age=3600", "Etag", `"1"`}, 1, 1},
		{"max-age and Last-Modified", []string{"Cache-Control", "max-age=3600", "Last-Modified", "Sat, 01 Nov 2025 00:00:00 GMT"}, 1, 1},
		{"s-maxage wins", []string{"Cache-Control", "s-maxage=1, max-age=864000", "Etag", `"1"`}, 1, 2},
		{"the age counts", []string{"Cache-Control", "max-age=3600", "Age", "3599", "Etag", `"1"`}, 1, 2},
		{"nothing said", nil, 2, 0},
		{"nothing said but an ETag", []string{"Etag", `"1"`}, 1, 1},
		{"no-store", []string{"Cache-Control", "no-store", "Etag", `"1"`}, 4, 0},
		{"private", []string{"Cache-Control", "private, max-age=3600", "Etag", `"1"`}, 4, 0},
		{"varies by everything", []string{"Vary", "*", "Cache-Control", "max-age=3600"}, 4, 0},
		{"no-cache", []string{"Cache-Control", "no-cache", "Etag", `"1"`}, 1, 3},
		{"no-cache without ETag", []string{"Cache-Control", "no-cache"}, 4, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := startSite(t, row.header...)
			r := newRig(t, "", nil)
			for _, later := range []time.Duration{0, 0, time.Minute, 24 * time.Hour} {
				r.pass(later)
				if got := r.open(s.URL + "/a.jpg"); string(got.Body) != "picture" {
					t.Errorf("%q", got.Body)
				}
			}
			s.want(t, row.whole, row.checked)
		})
	}
}

// TestReplaced: a revalidation that finds another picture gives that one.
func TestReplaced(t *testing.T) {
	s := startSite(t, "Cache-Control", "max-age=60", "Etag", `"1"`)
	r := newRig(t, t.TempDir(), nil)
	r.open(s.URL)
	s.say("Cache-Control", "max-age=60", "Etag", `"2"`)
	s.set(func() { s.body = "another" })
	r.pass(2 * time.Minute)
	if got := r.open(s.URL); string(got.Body) != "another" || got.ETag != `"2"` {
		t.Errorf("%q %s", got.Body, got.ETag)
	}
	s.want(t, 2, 0)
}

// TestNotModifiedKeepsWhatWasSaid: a 304 may leave out everything.
func TestNotModifiedKeepsWhatWasSaid(t *testing.T) {
	s := startSite(t, "Cache-Control", "max-age=600", "Etag", `"1"`)
	r := newRig(t, "", nil)
	r.open(s.URL)
	s.say("Etag", `"1"`)
	r.pass(11 * time.Minute)
	r.open(s.URL)
	r.pass(9 * time.Minute)
	if got := r.open(s.URL); got.MaxAge > time.Minute || got.MaxAge < 50*time.Second {
		t.Errorf("%v are left, want a minute", got.MaxAge)
	}
	s.want(t, 1, 1)
}

// TestValidatorHoldsForItsAddress: a redirect that leads elsewhere meets the same ETag.
func TestValidatorHoldsForItsAddress(t *testing.T) {
	first, second := startSite(t, "Cache-Control", "max-age=60", "Etag", `"1"`), startSite(t, "Cache-Control", "max-age=60", "Etag", `"1"`)
	second.body = "another"
	var target atomic.Pointer[string]
	target.Store(&first.URL)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, *target.Load()+"/a.jpg", http.StatusFound)
	}))
	t.Cleanup(front.Close)
	r := newRig(t, "", nil)
	r.open(front.URL)
	r.pass(2 * time.Minute)
	r.open(front.URL)
	first.want(t, 1, 1)
	target.Store(&second.URL)
	r.pass(2 * time.Minute)
	if got := r.open(front.URL); string(got.Body) != "another" {
		t.Errorf("%q", got.Body)
	}
}

func TestOriginFails(t *testing.T) {
	rows := []struct {
		name    string
		control string
		status  int
		stale   time.Duration // the setting
		later   time.Duration
		want    fault.Kind // 0: stale
	}{
		{"within the setting", "max-age=60", 500, time.Hour, 10 * time.Minute, 0},
		{"past the setting", "max-age=60", 500, time.Minute, 10 * time.Minute, fault.Upstream},
		{"no setting", "max-age=60", 500, 0, 10 * time.Minute, fault.Upstream},
		{"the origin permits it", "max-age=60, stale-if-error=3600", 503, 0, 10 * time.Minute, 0},
		{"the origin permits less", "max-age=60, stale-if-error=60", 503, time.Hour, 10 * time.Minute, fault.Upstream},
		{"the origin forbids it", "max-age=60, must-revalidate", 500, time.Hour, 10 * time.Minute, fault.Upstream},
		{"no-cache", "no-cache", 500, time.Hour, time.Minute, fault.Upstream},
		{"gone", "max-age=60", 404, time.Hour, 10 * time.Minute, fault.NotFound},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := startSite(t, "Cache-Control", row.control, "Etag", `"1"`)
			r := newRig(t, "", func(c *origin.Config, _ *source.Config) { c.Stale = row.stale })
			r.open(s.URL)
			s.set(func() { s.status = row.status })
			r.pass(row.later)
			got, err := r.Open(t.Context(), s.URL)
			if fault.KindOf(err) != row.want || (err == nil) != (row.want == 0) {
				t.Fatalf("%v, want %v", err, row.want)
			}
			if err == nil && (string(got.Body) != "picture" || got.MaxAge != time.Second || got.Keeping.StaleIfError >= 0) {
				t.Errorf("%q for %v, %+v; want the old one, for a moment", got.Body, got.MaxAge, got.Keeping)
			}
			got.Release()
		})
	}
}

func TestOneDownload(t *testing.T) {
	s := startSite(t, "Cache-Control", "max-age=60")
	s.gate = make(chan struct{})
	r := newRig(t, "", nil)
	var visitors sync.WaitGroup
	for range 50 {
		visitors.Go(func() {
			original, err := r.Open(t.Context(), s.URL)
			if err != nil || string(original.Body) != "picture" {
				t.Errorf("%q %v", original.Body, err)
			}
			original.Release()
		})
	}
	close(s.gate)
	visitors.Wait()
	s.want(t, 1, 0)
}

// TestRestart: the disk layer has the original, and what to ask its origin with.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	s := startSite(t, "Cache-Control", "max-age=60", "Etag", `"1"`)
	first := newRig(t, dir, nil)
	first.open(s.URL)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := newRig(t, dir, nil)
	second.open(s.URL)
	s.want(t, 1, 0)
	second.pass(time.Hour)
	second.open(s.URL)
	s.want(t, 1, 1)
}

func TestLimits(t *testing.T) {
	s := startSite(t, "Cache-Control", "max-age=60")
	s.body = strings.Repeat("x", 5000)
	dir := t.TempDir()
	r := newRig(t, dir, nil)
	small := source.WithMaxBytes(t.Context(), 1000)
	if _, err := r.Open(small, s.URL); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("over its own limit: %v", err)
	}
	r.open(s.URL) // the one above failed for itself only
	if _, err := r.Open(small, s.URL); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("over its own limit, and kept: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	lower := newRig(t, dir, func(_ *origin.Config, c *source.Config) { c.MaxBytes = 1000 })
	if _, err := lower.Open(t.Context(), s.URL); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("over a limit that was lowered since: %v", err)
	}
	large := source.WithMaxBytes(t.Context(), 10_000)
	if original, err := lower.Open(large, s.URL); err != nil || len(original.Body) != 5000 {
		t.Errorf("within a limit of its own: %d bytes, %v", len(original.Body), err)
	}
}

// TestAllowList holds for what is kept, too.
func TestAllowList(t *testing.T) {
	dir := t.TempDir()
	s := startSite(t, "Cache-Control", "max-age=60")
	r := newRig(t, dir, nil)
	r.open(s.URL)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	strict := newRig(t, dir, func(_ *origin.Config, c *source.Config) { c.Allow = func(*url.URL) bool { return false } })
	if _, err := strict.Open(t.Context(), s.URL); fault.KindOf(err) != fault.Denied {
		t.Errorf("%v, want denied", err)
	}
}

// TestBudget: one body counts once however many use it, and another one no more fits.
func TestBudget(t *testing.T) {
	s := startSite(t, "Cache-Control", "max-age=60")
	s.body = strings.Repeat("x", 60_000)
	r := newRig(t, "", func(_ *origin.Config, c *source.Config) { c.MaxBytes, c.BudgetBytes = 100_000, 100_000 })
	var held []source.Original
	for range 20 {
		original, err := r.Open(t.Context(), s.URL+"/a")
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, original)
	}
	if _, err := r.Open(t.Context(), s.URL+"/b"); fault.KindOf(err) != fault.Busy {
		t.Errorf("a second body: %v, want busy", err)
	}
	for _, original := range held {
		original.Release()
		original.Release() // does nothing
	}
	r.open(s.URL + "/b")
	r.open(s.URL + "/c")
}

func TestLocalIsNeverOld(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a.jpg")
	r := newRig(t, "", func(_ *origin.Config, c *source.Config) { c.LocalRoot = root })
	for _, body := range []string{"one", "another", "third"} {
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := r.open("local:///a.jpg"); string(got.Body) != body {
			t.Errorf("%q, want %q", got.Body, body)
		}
	}
}

func TestPurge(t *testing.T) {
	dir := t.TempDir()
	s := startSite(t, "Cache-Control", "max-age=60")
	r := newRig(t, dir, nil)
	r.open(s.URL + "/a")
	r.open(s.URL + "/b")
	limited, err := r.Open(source.WithMaxBytes(t.Context(), 100), s.URL+"/a")
	if err != nil {
		t.Fatal(err)
	}
	limited.Release()
	s.want(t, 3, 0)
	only := s.URL + "/a"
	if removed, err := r.Purge(t.Context(), only, func(address string) bool { return address == only }); removed != 2 || err != nil {
		t.Errorf("removed %d %v, want 2", removed, err)
	}
	r.open(s.URL + "/b")
	s.want(t, 3, 0)
	r.open(s.URL + "/a")
	s.want(t, 4, 0)
}

// TestPurgeDuringDownload: what was under way is not kept, and nobody joins it any more.
func TestPurgeDuringDownload(t *testing.T) {
	begun := make(chan string, 8)
	finish := make(chan struct{})
	var version atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		body := fmt.Sprint("version ", version.Load())
		begun <- body
		<-finish
		w.Header().Set("Cache-Control", "max-age=60")
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	r := newRig(t, t.TempDir(), nil)
	results := make(chan string, 2)
	ask := func() {
		original, err := r.Open(t.Context(), server.URL)
		results <- string(bytes.Clone(original.Body)) + fmt.Sprint(err)
	}
	go ask()
	<-begun
	version.Store(1)
	if _, err := r.Purge(t.Context(), server.URL, func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	go ask()
	<-begun
	close(finish)
	if a, b := <-results, <-results; a == b {
		t.Errorf("both got %q", a)
	}
	if got := r.open(server.URL); string(got.Body) != "version 1" {
		t.Errorf("kept %q", got.Body)
	}
}

func TestVisitorWhoLeaves(t *testing.T) {
	s := startSite(t)
	s.gate = make(chan struct{})
	r := newRig(t, "", nil)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := r.Open(ctx, s.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	close(s.gate)
}
