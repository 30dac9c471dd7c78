package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestLocalAddress(t *testing.T) {
	for _, row := range []struct{ name, set, found, want string }{
		{"as set", "127.0.0.1:8080", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"another port", "127.0.0.1:8080", "127.0.0.1:8083", "http://127.0.0.1:8083"},
		{"a port of the system's choice", "127.0.0.1:0", "127.0.0.1:41234", "http://127.0.0.1:41234"},
		{"a name", "localhost:8080", "127.0.0.1:8081", "http://localhost:8081"},
		{"every address", "0.0.0.0:8080", "[::]:8080", "http://localhost:8080"},
		{"every address, of IPv6", "[::]:8080", "[::]:8080", "http://localhost:8080"},
		{"no host", ":8080", "[::]:8080", "http://localhost:8080"},
		{"IPv6", "[::1]:8080", "[::1]:8081", "http://[::1]:8081"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := localAddress(row.set, row.found); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

// TestSignKnowsTheServersPort: of a server whose port was taken, while it runs.
func TestSignKnowsTheServersPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:8080")
	if err == nil { // else somebody else has it, which is as good
		defer taken.Close()
	}
	data := t.TempDir()
	p := &process{t: t, data: data, env: []string{"GIP_DATA=" + data}, log: &lockedBuffer{}}
	p.start()
	defer func() { _ = p.stop(syscall.SIGTERM) }()
	out, err := gip(t, p.env, "sign", "https://a.example/a.jpg")
	if err != nil || p.base == "http://127.0.0.1:8080" || !strings.HasPrefix(out, p.base+"/") {
		t.Errorf("the server is at %s, sign says %s, %v", p.base, out, err)
	}
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(data, addressFile)); !os.IsNotExist(err) {
		t.Errorf("its address is left: %v", err)
	}
	if out, _ := gip(t, p.env, "sign", "https://a.example/a.jpg"); !strings.HasPrefix(out, "http://127.0.0.1:8080/") {
		t.Errorf("without a server sign says %s", out)
	}
}
