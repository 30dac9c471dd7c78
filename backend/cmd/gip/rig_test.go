package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait of these tests; nothing is measured with it.
const patience = time.Minute

// binary is the real gip, built once for all tests of this package.
var binary string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "gip-e2e-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "gip")
	for _, arguments := range [][]string{{"run", "./backend/cmd/bundle"}, {"build", "-o", binary, "./backend/cmd/gip"}} {
		command := exec.Command("go", arguments...)
		command.Dir = "../../.." // the project's root
		if out, err := command.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go %s: %v\n%s", strings.Join(arguments, " "), err, out)
			return 1
		}
	}
	return m.Run()
}

// process is a running gip serve.
type process struct {
	t       testing.TB
	command *exec.Cmd
	base    string // http://HOST:PORT
	data    string
	env     []string
	log     *lockedBuffer
	exited  chan error
}

// serveProcess starts gip serve with these GIP_* variables on a free port, and waits until it
// listens. It is stopped, by pid, when the test ends.
func serveProcess(t testing.TB, env ...string) *process {
	t.Helper()
	p := &process{t: t, data: t.TempDir(), log: &lockedBuffer{}}
	p.env = append([]string{"GIP_LISTEN=127.0.0.1:0", "GIP_DATA=" + p.data}, env...)
	p.start()
	t.Cleanup(func() { p.stop(syscall.SIGTERM) })
	return p
}

func (p *process) start() {
	p.t.Helper()
	p.command = exec.Command(binary, "serve")
	p.command.Env = append(cleanEnv(), p.env...)
	p.command.Stderr = p.log
	output, err := p.command.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.exited = make(chan error, 1)
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if address, found := strings.CutPrefix(lines.Text(), "listening on "); found {
			p.base = address
			break
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, output)
		p.exited <- p.command.Wait()
	}()
	if p.base == "" {
		p.t.Fatalf("gip serve did not start: %v\n%s", <-p.exited, p.log)
	}
}

// stop signals the process and waits; it gives what Wait gave.
func (p *process) stop(signal syscall.Signal) error {
	if p.command.ProcessState != nil {
		return nil
	}
	_ = p.command.Process.Signal(signal)
	select {
	case err := <-p.exited:
		return err
	case <-time.After(patience):
		_ = p.command.Process.Kill()
		p.t.Errorf("gip serve did not stop\n%s", p.log)
		return <-p.exited
	}
}

// sign gives a signed URL from the real command, with the server's own data folder.
func (p *process) sign(arguments ...string) string {
	p.t.Helper()
	out, err := gip(p.t, append(p.env, "GIP_PUBLIC_URL="+p.base), append([]string{"sign"}, arguments...)...)
	if err != nil {
		p.t.Fatalf("gip sign %v: %v\n%s", arguments, err, out)
	}
	return strings.TrimSpace(out)
}

// get fetches an address; headers come in pairs.
func (p *process) get(address string, headers ...string) (*http.Response, []byte) {
	p.t.Helper()
	response, body, err := fetch(address, headers...)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.log)
	}
	return response, body
}

func fetch(address string, headers ...string) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, body, err
}

// gip runs a short command and gives what it printed on both outputs.
func gip(t testing.TB, env []string, arguments ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, binary, arguments...)
	command.Env = append(cleanEnv(), env...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if err != nil {
		return stdout.String() + stderr.String(), err
	}
	return stdout.String(), nil
}

// cleanEnv is this process's environment without its own GIP_* variables.
func cleanEnv() []string {
	var env []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "GIP_") {
			env = append(env, entry)
		}
	}
	return env
}

// eventually waits for something that only takes a moment.
func (p *process) eventually(what string, done func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("in vain: %s\n%s", what, p.log)
		}
	}
}

// workers are the pids of the server's worker processes.
func (p *process) workers() []int {
	p.t.Helper()
	var pids []int
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.command.Process.Pid))
	for _, task := range tasks {
		text, _ := os.ReadFile(task)
		for _, field := range strings.Fields(string(text)) {
			var pid int
			if _, err := fmt.Sscan(field, &pid); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

type lockedBuffer struct {
	mutex  sync.Mutex // guards buffer
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}
