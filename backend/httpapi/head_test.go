package httpapi

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"
)

func TestScanHead(t *testing.T) {
	const get, host, end = "GET /a?b HTTP/1.1\r\n", "Host: x\r\n", "\r\n"
	tests := []struct {
		name, text string
		want       requestHead
		rest       string
	}{
		{"least", get + host + end, requestHead{target: []byte("/a?b")}, ""},
		{"more behind it", get + host + end + "GET", requestHead{target: []byte("/a?b")}, "GET"},
		{"head", "HEAD / HTTP/1.1\r\n" + host + end, requestHead{target: []byte("/"), bodiless: true}, ""},
		{"what counts", get + "hOST:x\r\nACCEPT: \timage/webp \r\nsave-data:on\r\nIf-None-Match: \"a\", W/\"b\"\r\nX-Y: z\r\n" + end, requestHead{
			target: []byte("/a?b"), accept: []byte("image/webp"), saveData: []byte("on"), ifNoneMatch: []byte(`"a", W/"b"`),
		}, ""},
		{"stays", get + host + "Connection: Keep-Alive\r\n" + end, requestHead{target: []byte("/a?b")}, ""},
		{"goes", get + host + "connection: Close\r\n" + end, requestHead{target: []byte("/a?b"), closing: true}, ""},
		{"old", "GET /a HTTP/1.0\r\n" + end, requestHead{target: []byte("/a"), closing: true}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, rest, ok := scanHead([]byte(test.text))
			if !ok || string(rest) != test.rest || !sameHead(got, test.want) {
				t.Errorf("%+v, %q, %v; want %+v, %q", got, rest, ok, test.want, test.rest)
			}
		})
	}
}

func sameHead(a, b requestHead) bool {
	return bytes.Equal(a.target, b.target) && a.bodiless == b.bodiless && a.closing == b.closing &&
		bytes.Equal(a.accept, b.accept) && bytes.Equal(a.saveData, b.saveData) && bytes.Equal(a.ifNoneMatch, b.ifNoneMatch)
}

// notScanned is left to fasthttp.
var notScanned = map[string]string{
	"nothing":                "",
	"not whole":              "GET / HTTP/1.1\r\nHost: x\r\n",
	"cut in the line end":    "GET / HTTP/1.1\r\nHost: x\r\n\r",
	"line feeds alone":       "GET / HTTP/1.1\nHost: x\n\n",
	"a bare return":          "GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n",
	"another method":         "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
	"a method in small":      "get / HTTP/1.1\r\nHost: x\r\n\r\n",
	"another version":        "GET / HTTP/1.2\r\nHost: x\r\n\r\n",
	"no version":             "GET /\r\nHost: x\r\n\r\n",
	"a space in the path":    "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
	"an absolute target":     "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
	"no host":                "GET / HTTP/1.1\r\n\r\n",
	"two hosts":              "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
	"two Accepts":            "GET / HTTP/1.1\r\nHost: x\r\nAccept: a\r\nAccept: b\r\n\r\n",
	"folded":                 "GET / HTTP/1.1\r\nHost: x\r\nAccept: a\r\n b\r\n\r\n",
	"a space in a name":      "GET / HTTP/1.1\r\nHost: x\r\nAccept : a\r\n\r\n",
	"no colon":               "GET / HTTP/1.1\r\nHost: x\r\nAccept\r\n\r\n",
	"a length":               "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
	"an encoding":            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
	"an expectation":         "GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
	"an upgrade":             "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
	"both connections":       "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n",
	"old, and wants to stay": "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
}

func TestWhatIsNotScanned(t *testing.T) {
	for name, text := range notScanned {
		t.Run(name, func(t *testing.T) {
			if head, rest, ok := scanHead([]byte(text)); ok || string(rest) != text {
				t.Errorf("scanned as %+v, rest %q", head, rest)
			}
		})
	}
}

// FuzzScanHead: what is scanned, fasthttp reads in the same way, and to the same end.
func FuzzScanHead(f *testing.F) {
	f.Add([]byte("GET /a HTTP/1.1\r\nHost: x\r\nAccept: image/webp\r\nSave-Data: on\r\nIf-None-Match: \"t\"\r\n\r\nGET /b"))
	f.Add([]byte("HEAD /a HTTP/1.0\r\nConnection: close\r\n\r\n"))
	f.Add([]byte("GET /a HTTP/1.1\r\n" + strings.ReplaceAll(browserHeaders, "\"", "") + "Host: x\r\n\r\n"))
	for _, text := range notScanned {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, rest, ok := scanHead(text)
		if !ok {
			return
		}
		var header fasthttp.RequestHeader
		reader := bufio.NewReaderSize(bytes.NewReader(text), len(text)+16)
		if err := header.Read(reader); err != nil {
			t.Fatalf("fasthttp refuses it: %v", err)
		}
		want := requestHead{
			target: header.RequestURI(), bodiless: header.IsHead(), closing: header.ConnectionClose(),
			accept: header.Peek("Accept"), saveData: header.Peek("Save-Data"), ifNoneMatch: header.Peek("If-None-Match"),
		}
		if !sameHead(got, want) || reader.Buffered() != len(rest) || header.ContentLength() > 0 {
			t.Errorf("%+v, %d bytes left; fasthttp: %+v, %d left", got, len(rest), want, reader.Buffered())
		}
	})
}
