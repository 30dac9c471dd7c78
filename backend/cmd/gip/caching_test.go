package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// album is a web site that knows conditional requests, and counts what it sends.
type album struct {
	*httptest.Server
	mutex   sync.Mutex // guards what follows
	edition int        // of all its pictures
	down    bool
	whole   map[string]int // by path: answers with a body
	checked map[string]int // answers 304
	control string         // Cache-Control
	photos  [][]byte       // by edition
}

func startAlbum(t *testing.T, control string) *album {
	t.Helper()
	a := &album{whole: map[string]int{}, checked: map[string]int{}, control: control, photos: [][]byte{jpegOf(t, 1200, 900), jpegOf(t, 900, 1200)}}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

func (a *album) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	tag := fmt.Sprintf(`"%d"`, a.edition)
	w.Header().Set("ETag", tag)
	if a.control != "" {
		w.Header().Set("Cache-Control", a.control)
	}
	switch {
	case a.down:
		w.WriteHeader(http.StatusInternalServerError)
	case r.Header.Get("If-None-Match") == tag:
		a.checked[r.URL.Path]++
		w.WriteHeader(http.StatusNotModified)
	default:
		a.whole[r.URL.Path]++
		_, _ = w.Write(a.photos[a.edition])
	}
}

func (a *album) change(how func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	how()
}

func (a *album) counts(path string) (whole, checked int) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.whole[path], a.checked[path]
}

// from asks for an image and gives where it came from.
func (p *process) from(address string) string {
	p.t.Helper()
	response, body := p.get(address)
	if response.StatusCode != http.StatusOK {
		p.t.Errorf("%s: %d %s", address, response.StatusCode, body)
	}
	return response.Header.Get("X-Gip-Cache")
}

// TestASecondWidthNeedsNoDownload, nor does one after a restart.
func TestASecondWidthNeedsNoDownload(t *testing.T) {
	a := startAlbum(t, "max-age=3600")
	p := serveProcess(t, onlyLoopback1)
	for _, width := range []string{"w:100", "w:200", "w:300"} {
		if got := p.from(p.sign(a.URL+"/a.jpg", width)); got != "miss" {
			t.Errorf("%s from %s", width, got)
		}
	}
	p.stop(syscall.SIGTERM)
	p.start()
	p.from(p.sign(a.URL+"/a.jpg", "w:400"))
	if whole, checked := a.counts("/a.jpg"); whole != 1 || checked != 0 {
		t.Errorf("%d downloads, %d times not modified; want 1 and 0", whole, checked)
	}
}

// TestStaleWhileMadeAnew: a visitor past the image's age does not wait, the next gets the new
// one, and while the origin is down everybody gets what there is.
func TestStaleWhileMadeAnew(t *testing.T) {
	a := startAlbum(t, "")
	p := serveProcess(t, onlyLoopback1, "GIP_MAX_AGE=1s", "GIP_STALE=1h")
	address := p.sign(a.URL+"/a.jpg", "w:100")
	first, _ := p.get(address)
	a.change(func() { a.edition = 1 })
	p.eventually("the image is past its age", func() bool {
		response, _ := p.get(address)
		same := response.Header.Get("ETag") == first.Header.Get("ETag")
		return response.Header.Get("X-Gip-Cache") == "stale" && same
	})
	p.eventually("the new one is there", func() bool {
		response, _ := p.get(address)
		return response.Header.Get("ETag") != first.Header.Get("ETag")
	})
	a.change(func() { a.down = true })
	p.eventually("the origin is down, and the image past its age", func() bool { return p.from(address) == "stale" })
	for range 5 {
		p.from(address) // fails the test if it is no image
	}
}

func (p *process) purge(arguments ...string) (string, error) {
	return gip(p.t, p.env, append([]string{"purge"}, arguments...)...)
}

// TestPurge tells the running server, each way, and looks what is left.
func TestPurge(t *testing.T) {
	a := startAlbum(t, "max-age=3600")
	file := filepath.Join(t.TempDir(), "gip.yaml")
	text := "sites: [{name: album, sources: [" + a.URL + "/listed/]}]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, onlyLoopback1, "GIP_CONFIG="+file)
	small, large := p.sign(a.URL+"/a.jpg", "w:100"), p.sign(a.URL+"/a.jpg", "w:200")
	other, listed := p.sign(a.URL+"/b.jpg", "w:100"), p.sign(a.URL+"/listed/c.jpg", "w:100")
	tagged := p.sign(a.URL+"/a.jpg", "w:300", "ct:rose:red")
	all := []string{small, large, other, listed, tagged}
	rows := []struct {
		name      string
		arguments []string
		gone      []string
		downloads int // of a.jpg, besides the first
	}{
		{"a source", []string{"--source", a.URL + "/a.jpg"}, []string{small, large, tagged}, 1},
		{"one image", []string{"--url", small}, []string{small}, 0},
		{"a prefix", []string{"--prefix", a.URL + "/a"}, []string{small, large, tagged}, 1},
		{"a tag", []string{"--tag", "rose"}, []string{small, large, tagged}, 1},
		{"a tag that nothing has", []string{"--tag", "ros"}, nil, 0},
		{"a site", []string{"--site", "album"}, []string{listed}, 0},
		{"all", []string{"--all"}, all, 1},
		{"a source that nobody asked for", []string{"--source", a.URL + "/z.jpg"}, nil, 0},
	}
	for _, restart := range []bool{false, true} {
		for _, row := range rows {
			t.Run(fmt.Sprint(row.name, ", restart ", restart), func(t *testing.T) {
				for _, address := range all {
					p.from(address)
				}
				before, _ := a.counts("/a.jpg")
				if restart {
					p.stop(syscall.SIGTERM)
					p.start()
					for i := range all { // another port
						all[i] = p.base + "/" + strings.SplitN(all[i], "/", 4)[3]
					}
				}
				if out, err := p.purge(row.arguments...); err != nil || !strings.HasPrefix(out, "removed ") {
					t.Fatalf("%v\n%s", err, out)
				}
				gone := map[string]bool{}
				for _, address := range row.gone {
					gone[strings.SplitN(address, "/", 4)[3]] = true
				}
				for _, address := range all {
					got := p.from(address)
					if (got == "miss") != gone[strings.SplitN(address, "/", 4)[3]] {
						t.Errorf("%s from %s", address, got)
					}
				}
				if after, _ := a.counts("/a.jpg"); after-before != row.downloads {
					t.Errorf("%d downloads of a.jpg, want %d", after-before, row.downloads)
				}
			})
		}
	}
}

// TestPurgeMistakes says what is wrong, and does nothing.
func TestPurgeMistakes(t *testing.T) {
	p := serveProcess(t, onlyLoopback1)
	rows := []struct {
		name      string
		env       []string
		arguments []string
		says      string
	}{
		{"nothing said", p.env, nil, "say what"},
		{"two things said", p.env, []string{"--all", "--site", "blog"}, "can't be used together"},
		{"unknown site", p.env, []string{"--site", "blog"}, "no site"},
		{"not a tag", p.env, []string{"--tag", "a b"}, "holds"},
		{"not a source", p.env, []string{"--source", "a.jpg"}, "a.jpg"},
		{"nobody runs", []string{"GIP_DATA=" + t.TempDir()}, []string{"--all"}, "no gip serve runs"},
		{"nobody answers", p.env, []string{"--all", "--server", "http://127.0.0.1:1"}, "no gip serve answers"},
		{"another's token", append([]string{"GIP_ADMIN_TOKEN=other"}, p.env...), []string{"--all"}, "403"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			out, err := gip(t, row.env, append([]string{"purge"}, row.arguments...)...)
			if err == nil || !strings.Contains(out, row.says) {
				t.Errorf("%v\n%s\nwant %q", err, out, row.says)
			}
		})
	}
}
