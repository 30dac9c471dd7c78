package source

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

// canary is an origin on loopback that counts who reached it.
func canary(t *testing.T) (server *httptest.Server, hits *atomic.Int64) {
	t.Helper()
	hits = new(atomic.Int64)
	server = serve(t, func(w http.ResponseWriter, _ *http.Request) {
		hits.Add(1)
		_, _ = io.WriteString(w, "secret")
	})
	return server, hits
}

func port(t *testing.T, server *httptest.Server) int {
	t.Helper()
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func redirectTo(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	}
}

// TestNoSpellingReachesLoopback lets the port pass, so that only the address is in the way.
func TestNoSpellingReachesLoopback(t *testing.T) {
	server, hits := canary(t)
	number := port(t, server)
	f := newFetcher(t, Config{AllowPorts: []int{number}})
	hosts := []string{
		"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "0.0.0.0",
		"2130706433", "017700000001", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1",
		"127.1", "127.0.1", "127.0.0.1.", "0", "0x0",
		"[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:FFFF:127.0.0.1]",
		"[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]",
		"[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::5efe:7f00:1]", "[fc00::1]", "[fec0::1]", "[fe80::1]",
	}
	for _, host := range hosts {
		t.Run(host, func(t *testing.T) {
			_, err := f.Open(t.Context(), "http://"+host+":"+strconv.Itoa(number)+"/photo.jpg")
			// A machine without IPv6 fails before there is an address to refuse.
			noIPv6 := strings.HasPrefix(host, "[") && fault.KindOf(err) == fault.Upstream
			if fault.KindOf(err) != fault.Denied && !noIPv6 {
				t.Errorf("%v, want denied", err)
			}
		})
	}
	if hits.Load() != 0 {
		t.Errorf("loopback was reached %d times", hits.Load())
	}
}

func TestAllowedNetworkOpensEveryPort(t *testing.T) {
	server, _ := canary(t)
	f := newFetcher(t, Config{AllowNetworks: loopback()})
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"} {
		got, err := f.Open(t.Context(), "http://"+host+":"+strconv.Itoa(port(t, server))+"/")
		if err != nil || string(got.Body) != "secret" {
			t.Errorf("%s: %q, %v", host, got.Body, err)
		}
	}
}

// TestAllowedAddress: only a source that names the address reaches it. The first row also
// leaves a connection in the pool that the others must not find.
func TestAllowedAddress(t *testing.T) {
	demo, hits := canary(t)
	address := netip.MustParseAddrPort(strings.TrimPrefix(demo.URL, "http://"))
	neighbour, neighbourHits := canary(t)
	// The other origin is an allowed address as well: even that does not help.
	other := serve(t, redirectTo(demo.URL+"/photo.jpg"))
	from := netip.MustParseAddrPort(strings.TrimPrefix(other.URL, "http://"))
	f := newFetcher(t, Config{AllowAddresses: []netip.AddrPort{address, from}})
	rows := []struct {
		name, source string
		want         fault.Kind
		hits         int64
	}{
		{"named", demo.URL + "/photo.jpg", fault.Internal, 1},
		{"named again", demo.URL + "/photo.jpg", fault.Internal, 2},
		{"by name", "http://localhost:" + strconv.Itoa(int(address.Port())), fault.Internal, 3},
		{"by redirect from another origin", other.URL, fault.Denied, 3},
		{"another port of that host", neighbour.URL, fault.Denied, 3},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := f.Open(t.Context(), row.source)
			if fault.KindOf(err) != row.want || (err == nil) != (row.want == fault.Internal) {
				t.Errorf("%v, want %v", err, row.want)
			}
			if hits.Load() != row.hits || neighbourHits.Load() != 0 {
				t.Errorf("reached %d and %d times, want %d and 0", hits.Load(), neighbourHits.Load(), row.hits)
			}
		})
	}
}

func TestAllowedAddressMayRedirectWithinItself(t *testing.T) {
	demo := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old.jpg" {
			http.Redirect(w, r, "/new.jpg", http.StatusMovedPermanently)
			return
		}
		_, _ = io.WriteString(w, "image")
	})
	address := netip.MustParseAddrPort(strings.TrimPrefix(demo.URL, "http://"))
	f := newFetcher(t, Config{AllowAddresses: []netip.AddrPort{address}})
	if got, err := f.Open(t.Context(), demo.URL+"/old.jpg"); err != nil || string(got.Body) != "image" {
		t.Errorf("%q, %v", got.Body, err)
	}
}

// TestAllowedAddressNotOnTheWayBack: out to another origin and back is a redirect from it.
func TestAllowedAddressNotOnTheWayBack(t *testing.T) {
	var outside string
	demo := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/out" {
			http.Redirect(w, r, outside, http.StatusFound)
			return
		}
		t.Error("a redirect came back in")
	})
	var visits atomic.Int64
	other := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visits.Add(1)
		redirectTo(demo.URL+"/photo.jpg")(w, r)
	}))
	listener, err := net.Listen("tcp", "127.0.0.2:0") // a network of its own, to allow only that
	if err != nil {
		t.Fatal(err)
	}
	other.Listener.Close()
	other.Listener = listener
	other.Start()
	t.Cleanup(other.Close)
	outside = other.URL
	f := newFetcher(t, Config{
		AllowNetworks:  []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")},
		AllowAddresses: []netip.AddrPort{netip.MustParseAddrPort(strings.TrimPrefix(demo.URL, "http://"))},
	})
	if _, err := f.Open(t.Context(), demo.URL+"/out"); fault.KindOf(err) != fault.Denied || visits.Load() != 1 {
		t.Errorf("%v after %d visits, want denied after 1", err, visits.Load())
	}
}

func TestRedirects(t *testing.T) {
	secret, hits := canary(t)
	// Each row's origin is an allowed address; where it leads to is not.
	rows := []struct {
		name, location string
		want           fault.Kind
	}{
		{"to loopback", secret.URL + "/", fault.Denied},
		{"to loopback by name", strings.Replace(secret.URL, "127.0.0.1", "localhost", 1), fault.Denied},
		{"to loopback, scheme-relative", strings.TrimPrefix(secret.URL, "http:"), fault.Denied},
		{"to loopback, decimal", strings.Replace(secret.URL, "127.0.0.1", "2130706433", 1), fault.Denied},
		{"to loopback, mapped", strings.Replace(secret.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1), fault.Denied},
		{"to cloud metadata", "http://169.254.169.254/latest/meta-data/", fault.Denied},
		{"to a file", "file:///etc/passwd", fault.Denied},
		{"to a local source", "local:///a.jpg", fault.Denied},
		{"to ftp", "ftp://example.com/a.jpg", fault.Denied},
		{"with a user", "http://user:pass@example.com/", fault.Denied},
		{"with a backslash", `/a\b`, fault.Denied},
		{"off the allow-list", "http://denied.example/", fault.Denied},
		{"in a circle", "/", fault.Upstream},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			origin := serve(t, redirectTo(row.location))
			f := newFetcher(t, Config{
				AllowAddresses: []netip.AddrPort{netip.MustParseAddrPort(strings.TrimPrefix(origin.URL, "http://"))},
				AllowPorts:     []int{port(t, secret)},
				LocalRoot:      localFolder(t),
				Allow:          func(u *url.URL) bool { return u.Hostname() != "denied.example" },
			})
			_, err := f.Open(t.Context(), origin.URL)
			if fault.KindOf(err) != row.want {
				t.Errorf("%v, want %v", err, row.want)
			}
			told := strings.TrimPrefix(fault.Message(err), strings.TrimPrefix(origin.URL, "http://"))
			if strings.ContainsAny(told, "0123456789") && row.want == fault.Denied {
				t.Errorf("message %q tells where the redirect led", fault.Message(err))
			}
		})
	}
	if hits.Load() != 0 {
		t.Errorf("loopback was reached %d times", hits.Load())
	}
}

func TestRedirectCount(t *testing.T) {
	origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
		left, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if left > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(left-1), http.StatusTemporaryRedirect)
			return
		}
		_, _ = io.WriteString(w, "image")
	})
	rows := []struct {
		name       string
		max, count int
		ok         bool
	}{
		{"three by default", 0, 3, true},
		{"not four", 0, 4, false},
		{"one", 1, 1, true},
		{"not two", 1, 2, false},
		{"none", -1, 0, true},
		{"none, not one", -1, 1, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newFetcher(t, Config{AllowNetworks: loopback(), MaxRedirects: row.max})
			_, err := f.Open(t.Context(), origin.URL+"/"+strconv.Itoa(row.count))
			if (err == nil) != row.ok || err != nil && fault.KindOf(err) != fault.Upstream {
				t.Errorf("%v, want success %v", err, row.ok)
			}
		})
	}
}

// TestAllowIsAskedOnEveryHop also shows what it is given: clean URLs.
func TestAllowIsAskedOnEveryHop(t *testing.T) {
	origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			http.Redirect(w, r, "/second#fragment", http.StatusSeeOther)
			return
		}
		_, _ = io.WriteString(w, "image")
	})
	var asked []string
	f := newFetcher(t, Config{AllowNetworks: loopback(), Allow: func(u *url.URL) bool {
		asked = append(asked, strings.TrimPrefix(u.String(), origin.URL))
		return true
	}})
	if _, err := f.Open(t.Context(), origin.URL+"/first#fragment"); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(asked, " "); got != "/first /second" {
		t.Errorf("asked for %s", got)
	}
}

func TestAllowRefusesBeforeConnecting(t *testing.T) {
	server, hits := canary(t)
	f := newFetcher(t, Config{AllowNetworks: loopback(), Allow: func(*url.URL) bool { return false }})
	_, err := f.Open(t.Context(), server.URL)
	if fault.KindOf(err) != fault.Denied || hits.Load() != 0 {
		t.Errorf("%v, reached %d times", err, hits.Load())
	}
}

func TestEnvironmentProxyIsIgnored(t *testing.T) {
	proxy, hits := canary(t)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	t.Setenv("NO_PROXY", "")
	t.Setenv("no_proxy", "")
	// The proxy itself is within reach, and net/http proxies no loopback source: were it
	// asked, it would answer for the private address that is refused.
	f := newFetcher(t, Config{AllowNetworks: loopback()})
	if f.own.Proxy != nil || f.other.Proxy != nil {
		t.Error("a transport has a proxy")
	}
	if _, err := f.Open(t.Context(), "http://10.0.0.1/"); fault.KindOf(err) != fault.Denied {
		t.Errorf("%v, want denied", err)
	}
	if hits.Load() != 0 {
		t.Errorf("the proxy was asked %d times", hits.Load())
	}
}

// TestConnectionsAreBounded: one host gets its share, which is a quarter.
func TestConnectionsAreBounded(t *testing.T) {
	const limit, total = 2, 6
	var running, most atomic.Int64
	arrived, release := make(chan struct{}, total), make(chan struct{})
	origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, "image")
	})
	f := newFetcher(t, Config{AllowNetworks: loopback(), Connections: 4 * limit})
	var group sync.WaitGroup
	for range total {
		group.Go(func() {
			if _, err := f.Open(t.Context(), origin.URL); err != nil {
				t.Error(err)
			}
		})
	}
	<-arrived
	<-arrived // the host's share is taken now

	waiting, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Open(waiting, origin.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("a waiter that left: %v", err)
	}
	expired, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	if _, err := f.Open(expired, origin.URL); fault.KindOf(err) != fault.Timeout {
		t.Errorf("a waiter whose time is up: %v", err)
	}
	close(release)
	group.Wait()
	if most.Load() != limit {
		t.Errorf("%d downloads at once, want %d", most.Load(), limit)
	}
}

func TestCancelledDownload(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	origin := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	f := newFetcher(t, Config{AllowNetworks: loopback(), Connections: 1})
	if _, err := f.Open(ctx, origin.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want cancelled", err)
	}
	checkIdle(t, f)
}
