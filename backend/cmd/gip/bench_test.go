package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
)

// These run the real server over loopback: go test -bench Serve ./backend/cmd/gip.

func twelveMegapixels(b *testing.B) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := photo.Scenes()[0].Encode(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkServeCold is a cold transform of a 12-megapixel JPEG to 800 pixels, with its fetch.
func BenchmarkServeCold(b *testing.B) {
	o := startOrigin(b)
	o.large = twelveMegapixels(b)
	for _, format := range []string{"jpeg", "webp", "avif"} {
		b.Run(format, func(b *testing.B) {
			p := serveProcess(b, onlyLoopback1, "GIP_DISK_CACHE=0", "GIP_MEMORY_CACHE=0", "GIP_INSECURE=true", "GIP_LOG_LEVEL=error")
			var turn, bytesOut atomic.Int64
			b.ResetTimer()
			for b.Loop() {
				address := fmt.Sprintf("%s/x/w:800/f:%s/cb:%d/plain/%s/large.jpg", p.base, format, turn.Add(1), o.URL)
				response, body := p.get(address)
				if response.StatusCode != 200 {
					b.Fatalf("%d %s", response.StatusCode, body)
				}
				bytesOut.Store(int64(len(body)))
			}
			b.ReportMetric(float64(bytesOut.Load()), "bytes/image")
		})
	}
}

// BenchmarkServeHot is a hit from memory, and from disk (a server without a memory layer).
func BenchmarkServeHot(b *testing.B) {
	o := startOrigin(b)
	for layer, memory := range map[string]string{"memory": "GIP_MEMORY_CACHE=64MB", "disk": "GIP_MEMORY_CACHE=0"} {
		b.Run(layer, func(b *testing.B) {
			p := serveProcess(b, onlyLoopback1, memory, "GIP_LOG_LEVEL=error")
			address := p.sign(o.URL+"/photo.jpg", "w:800", "f:webp")
			p.get(address)
			if err := p.stop(syscall.SIGTERM); err != nil { // the disk write is behind the answer
				b.Fatal(err)
			}
			was := p.base
			p.start()
			address = p.base + address[len(was):]
			p.get(address)
			warm, body := p.get(address)
			if got := warm.Header.Get("X-Gip-Cache"); got != layer {
				b.Fatalf("served from %s, want %s", got, layer)
			}
			b.SetBytes(int64(len(body)))
			transport := http.DefaultTransport.(*http.Transport)
			transport.MaxIdleConnsPerHost = 64
			b.SetParallelism(8)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if response, _, err := fetch(address); err != nil || response.StatusCode != 200 {
						fmt.Fprintln(os.Stderr, err)
						b.Error("not served")
						return
					}
				}
			})
		})
	}
}
