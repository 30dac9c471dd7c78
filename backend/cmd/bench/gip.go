package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/sign"
)

// Secrets of servers that live for a row, on loopback.
const (
	benchKeys  = "62656e6368206b6579206f66206769700a:62656e63682073616c74206f66206769700a"
	benchToken = "bench"
)

// patience is how long a server may take to start or stop.
const patience = 30 * time.Second

// gipServer is a gip serve of our own.
type gipServer struct {
	server
	command *exec.Cmd
	binary  string
	log     string // file
	env     []string
	exited  chan error
}

// startGip starts one with an empty data folder and these settings.
func (b *bench) startGip(ctx context.Context, settings ...string) (*gipServer, error) {
	data, err := os.MkdirTemp(b.folder, "gip-")
	if err != nil {
		return nil, err
	}
	ring, err := sign.ParseRing(benchKeys, 0)
	if err != nil {
		return nil, err
	}
	g := &gipServer{binary: b.gip, log: filepath.Join(data, "log"), server: server{name: "gip", path: imgproxyPath(ring.Sign)}}
	g.env = append([]string{
		"PATH=/usr/local/bin:/usr/bin:/bin", "GIP_LISTEN=127.0.0.1:0", "GIP_DATA=" + data, "GIP_KEYS=" + benchKeys,
		"GIP_ADMIN_TOKEN=" + benchToken, "GIP_ALLOW_NETWORKS=127.0.0.0/8", "GIP_LOG_LEVEL=error",
	}, settings...)
	return g, g.start(ctx)
}

func (g *gipServer) start(ctx context.Context) error {
	g.command = exec.CommandContext(ctx, g.binary, "serve") //nolint:gosec // the user's own binary
	g.command.Cancel = func() error { return g.command.Process.Signal(syscall.SIGTERM) }
	g.command.WaitDelay = patience
	g.command.Env = g.env
	log, err := os.Create(g.log)
	if err != nil {
		return err
	}
	defer log.Close()
	g.command.Stderr = log
	output, err := g.command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := g.command.Start(); err != nil {
		return fmt.Errorf("start gip: %w", err)
	}
	g.tree = tree(g.command.Process.Pid)
	return g.ready(output)
}

// ready waits for the line that names the address. Whatever follows it is read away.
func (g *gipServer) ready(output io.Reader) error {
	lines := bufio.NewScanner(output)
	found := false
	for !found && lines.Scan() {
		g.base, found = strings.CutPrefix(lines.Text(), "listening on ")
	}
	g.exited = make(chan error, 1)
	go func() {
		_, _ = io.Copy(io.Discard, output)
		g.exited <- g.command.Wait()
	}()
	if !found {
		return fault.New(fault.Internal, "gip serve did not start: %v; its log: %s", <-g.exited, tail(g.log))
	}
	return nil
}

func tail(file string) string {
	text, _ := os.ReadFile(file) //nolint:gosec // our own log
	return strings.TrimSpace(string(text[max(0, len(text)-500):]))
}

// stop asks it to end, and waits: what it keeps on disk is written then.
func (g *gipServer) stop() {
	_ = g.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-g.exited:
	case <-time.After(patience):
		_ = g.command.Process.Kill()
		<-g.exited
	}
}

// restart starts it again with the same data folder, and further settings.
func (g *gipServer) restart(ctx context.Context, settings ...string) error {
	g.stop()
	g.env = append(g.env, settings...)
	return g.start(ctx)
}

// renders is how many images it has made, by its own count; -1 where it does not say.
func (g *gipServer) renders(ctx context.Context) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.base+"/api/v1/stats", nil)
	if err != nil {
		return -1
	}
	request.Header.Set("Authorization", "Bearer "+benchToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return -1
	}
	defer response.Body.Close()
	stats := struct{ Loads *int }{}
	if err := json.NewDecoder(response.Body).Decode(&stats); err != nil || stats.Loads == nil {
		return -1
	}
	return *stats.Loads
}
