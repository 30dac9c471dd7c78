package main

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
)

// misbehaving is a web site on loopback that misbehaves in every way that was seen.
type misbehaving struct {
	*httptest.Server
	mutex sync.Mutex // guards asked
	asked map[string]int
	photo []byte // JPEG, 1200 × 900
	large []byte // JPEG, 4000 × 3000
}

func startOrigin(t testing.TB) *misbehaving {
	t.Helper()
	o := &misbehaving{asked: map[string]int{}, photo: jpegOf(t, 1200, 900), large: nil}
	mux := http.NewServeMux()
	mux.HandleFunc("/", o.answer)
	o.Server = httptest.NewUnstartedServer(mux)
	ctx, cancel := context.WithCancel(context.Background())
	o.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	o.Start()
	t.Cleanup(func() { cancel(); o.Close() }) // the endless handlers end with ctx
	return o
}

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, photo.Small(width, height, 1), &jpeg.Options{Quality: 88}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, photo.Small(width, height, 2)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (o *misbehaving) count(path string) int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.asked[path]
}

func (o *misbehaving) answer(w http.ResponseWriter, r *http.Request) {
	o.mutex.Lock()
	o.asked[r.URL.Path]++
	o.mutex.Unlock()
	w.Header().Set("Content-Type", "image/jpeg")
	switch name := strings.TrimPrefix(r.URL.Path, "/"); {
	case strings.HasPrefix(name, "photo"):
		_, _ = w.Write(o.photo)
	case strings.HasPrefix(name, "large"):
		_, _ = w.Write(o.large)
	case name == "500.jpg":
		w.WriteHeader(http.StatusInternalServerError)
	case name == "html.jpg":
		fmt.Fprint(w, "<!doctype html><title>not an image</title><p>hello, this is a page")
	case name == "half.jpg":
		_, _ = w.Write(o.photo[:len(o.photo)/2])
	case name == "stall.jpg":
		<-r.Context().Done()
	case name == "drip.jpg":
		o.drip(w, r, o.photo)
	case name == "endless.jpg":
		o.endless(w, r)
	case name == "inside.jpg":
		_, port, _ := net.SplitHostPort(r.Host)
		http.Redirect(w, r, "http://127.0.0.2:"+port+"/photo.jpg", http.StatusFound)
	case name == "drop.jpg":
		o.drop(w)
	default:
		http.NotFound(w, r)
	}
}

// drip sends one byte at a time, for ever: no single read ever waits long.
func (o *misbehaving) drip(w http.ResponseWriter, r *http.Request, body []byte) {
	ticks := ticker(r.Context())
	for i := 0; ; i++ {
		if _, more := <-ticks; !more {
			return
		}
		_, _ = w.Write(body[i%len(body) : i%len(body)+1])
		_ = http.NewResponseController(w).Flush()
	}
}

func (o *misbehaving) endless(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := w.Write(o.photo); err != nil {
			return
		}
	}
}

// drop promises the whole photo and hangs up in the middle.
func (o *misbehaving) drop(w http.ResponseWriter) {
	w.Header().Set("Content-Length", fmt.Sprint(len(o.photo)))
	_, _ = w.Write(o.photo[:len(o.photo)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}
