package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// findNginx also looks where Debian puts it, which is not on every user's path.
func findNginx() (string, error) {
	if path, err := exec.LookPath("nginx"); err == nil {
		return path, nil
	}
	return exec.LookPath("/usr/sbin/nginx")
}

// nginxConfig gives nginx what makes static files fastest: sendfile, descriptors and sizes of
// files kept open, no log, connections that stay.
const nginxConfig = `daemon off; pid %[1]s/pid; error_log %[1]s/error.log; worker_processes auto; %[3]s
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_timeout 600; keepalive_requests 1000000000;
  open_file_cache max=10000 inactive=600s; open_file_cache_valid 600s;
  client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
  types { image/jpeg jpg; }
  server { listen %[2]s backlog=1024; root %[1]s/files; add_header Cache-Control "public, max-age=86400"; }
}
`

// nginxServer serves files of its own folder.
type nginxServer struct {
	base    string
	files   string // folder
	tree    tree
	command *exec.Cmd
}

// startNginx gives nil where nginx is not installed.
func (b *bench) startNginx(ctx context.Context) (*nginxServer, error) {
	if b.nginx == "" {
		return nil, nil
	}
	folder, err := os.MkdirTemp(b.folder, "nginx-")
	if err != nil {
		return nil, err
	}
	address, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	n := &nginxServer{base: "http://" + address, files: filepath.Join(folder, "files")}
	if err := os.Mkdir(n.files, 0o700); err != nil {
		return nil, err
	}
	config := filepath.Join(folder, "nginx.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, nginxConfig, folder, address, nginxUser()), 0o600); err != nil {
		return nil, err
	}
	n.command = exec.CommandContext(ctx, b.nginx, "-p", folder, "-c", config, "-e", filepath.Join(folder, "error.log")) //nolint:gosec // found on the path
	n.command.Cancel = func() error { return n.command.Process.Signal(syscall.SIGTERM) }
	if err := n.command.Start(); err != nil {
		return nil, fmt.Errorf("start nginx: %w", err)
	}
	n.tree = tree(n.command.Process.Pid)
	return n, n.ready(ctx, address, filepath.Join(folder, "error.log"))
}

// nginxUser keeps root's workers root: the temporary folder is closed to others.
func nginxUser() string {
	if os.Geteuid() == 0 {
		return "user root;"
	}
	return ""
}

// freePort is one that was free a moment ago: nginx cannot be told to choose.
func freePort(ctx context.Context) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

func (n *nginxServer) ready(ctx context.Context, address, log string) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			return connection.Close()
		}
	}
	n.stop()
	return fault.New(fault.Internal, "nginx did not start: %s", tail(log))
}

// put makes a file and gives its address.
func (n *nginxServer) put(name string, body []byte) (string, error) {
	return n.base + "/" + name + ".jpg", os.WriteFile(filepath.Join(n.files, name+".jpg"), body, 0o600)
}

func (n *nginxServer) stop() {
	if n == nil {
		return
	}
	_ = n.command.Process.Signal(syscall.SIGTERM)
	_ = n.command.Wait()
}
