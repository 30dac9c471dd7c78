package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/config"
)

// demoAddress is tried first; the next ports follow when it is taken.
const demoAddress = "127.0.0.1:8090"

// demoCommand is an ordinary web site. With --serve it also starts gip serve, as a second
// process on its own port: the page must outlive it.
type demoCommand struct {
	Listen   string `help:"host:port of the site. Without it: ${demo_address}, or the next free port."`
	Endpoint string `help:"Address of a gip serve that was started with GIP_DEMO set to this site."`
	Serve    bool   `help:"Start gip serve beside the site."`
}

// Run serves the site until SIGTERM or an interrupt; then it stops the server it started.
func (d demoCommand) Run() error {
	if d.Serve == (d.Endpoint != "") {
		return usageError{errors.New("give either --serve or --endpoint http://HOST:PORT")}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, site, err := d.open()
	if err != nil {
		return err
	}
	defer listener.Close()
	endpoint := strings.TrimSuffix(d.Endpoint, "/")
	if d.Serve {
		server, err := startServer(ctx, site)
		if err != nil {
			return err
		}
		defer server.stop()
		endpoint = server.endpoint
	}
	return d.show(ctx, listener, site, endpoint)
}

// open listens, and names the site as browsers and the server will: by localhost, so that it
// is another site than the server's 127.0.0.1.
func (d demoCommand) open() (net.Listener, string, error) {
	address := d.Listen
	if address == "" {
		address = demoAddress
	}
	listener, err := listen(address, d.Listen != "", slog.Default())
	if err != nil {
		return nil, "", fmt.Errorf("listen on %s: %w", address, err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return listener, "http://localhost:" + port, err
}

func (d demoCommand) show(ctx context.Context, listener net.Listener, site, endpoint string) error {
	settings, err := config.FromProcess(map[string]string{"demo": site}, checkSettings)
	if err != nil {
		return usageError{err}
	}
	ring, err := existingRing(settings)
	if err != nil {
		return err
	}
	folder := filepath.Join(settings.Data, "demo", scenesName())
	if err := makePhotos(folder); err != nil {
		return err
	}
	siteToken := demoName + "." + ring.SiteToken(demoName, 1)
	handler, err := newDemoSite(endpoint, siteToken, folder)
	if err != nil {
		return err
	}
	return serveDemo(ctx, listener, handler, func(ctx context.Context) error {
		return warm(ctx, site, endpoint+"/s/"+siteToken)
	}, site)
}

// serveDemo answers at once, since warming fetches the photos from here, and prints the
// address when the photos are warm.
func serveDemo(ctx context.Context, listener net.Listener, handler http.Handler, warm func(context.Context) error, site string) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if err := warm(ctx); err != nil && ctx.Err() == nil {
		return errors.Join(err, server.Close())
	}
	if ctx.Err() == nil {
		fmt.Printf("\nthe demo page is at %s/ — open it, then reload to see gip\n", site)
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return server.Close()
	}
}

// besideServer is the gip serve that --serve started.
type besideServer struct {
	command  *exec.Cmd
	endpoint string
	done     chan struct{}
}

// startServer starts this same binary as `gip serve`, and waits until it says where it listens.
func startServer(ctx context.Context, site string) (*besideServer, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find gip itself: %w", err)
	}
	command := exec.CommandContext(context.WithoutCancel(ctx), executable, "serve", "--demo", site) //nolint:gosec // gip itself
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start gip serve: %w", err)
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start gip serve: %w", err)
	}
	server := &besideServer{command: command, done: make(chan struct{})}
	endpoint := make(chan string, 1)
	go server.relay(output, endpoint)
	found, alive := <-endpoint
	if !alive {
		<-server.done
		return nil, errors.New("gip serve did not start")
	}
	server.endpoint = found
	return server, nil
}

// relay passes the server's output on, and finds its address in it. It ends, and reaps the
// process, when the server does; the demo stays.
func (b *besideServer) relay(output io.Reader, endpoint chan<- string) {
	defer close(b.done)
	defer close(endpoint)
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		fmt.Println("gip serve:", lines.Text())
		if address, found := strings.CutPrefix(lines.Text(), "listening on "); found {
			endpoint <- address
		}
	}
	_ = b.command.Wait()
	fmt.Println("gip serve has ended; the page goes on with its original images")
}

// stop ends the server as its owner would, and waits for it.
func (b *besideServer) stop() {
	_ = b.command.Process.Signal(syscall.SIGTERM)
	<-b.done
}
