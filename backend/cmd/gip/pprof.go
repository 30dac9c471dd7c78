package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// profiles serves /debug/pprof/ on a listener of its own, which only this machine reaches.
type profiles struct {
	server  *http.Server
	address string
	ended   chan struct{}
}

// newProfiles serves until close, and checks again what config has checked: that the listener is on the
// loopback interface. No address is no profiles.
func newProfiles(ctx context.Context, address string) (*profiles, error) {
	if address == "" {
		return nil, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("pprof: listen on %s: %w", address, err)
	}
	if where, ok := listener.Addr().(*net.TCPAddr); !ok || !where.IP.IsLoopback() {
		return nil, errors.Join(fault.New(fault.Invalid, "pprof: %s is not a loopback address", listener.Addr()), listener.Close())
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /debug/pprof/", pprof.Index)
	routes.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	routes.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	routes.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	routes.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	p := &profiles{
		server:  &http.Server{Handler: localOnly(routes), ReadHeaderTimeout: 10 * time.Second},
		address: listener.Addr().String(), ended: make(chan struct{}),
	}
	go func() {
		defer close(p.ended)
		_ = p.server.Serve(listener) // ends with close; profiles are no reason to stop a server
	}()
	return p, nil
}

// localOnly refuses names: a page that a browser here has open could have its own name resolve
// to this address (DNS rebinding), and read along.
func localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "profiles are for this machine only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// close stops at once: a profile that is being taken is of no use any more.
func (p *profiles) close() error {
	if p == nil {
		return nil
	}
	err := p.server.Close()
	<-p.ended
	return err
}
