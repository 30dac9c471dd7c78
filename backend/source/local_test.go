package source

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

// localFolder is a root with one of everything, beside a secret that lies outside of it.
func localFolder(t *testing.T) string {
	t.Helper()
	base := t.TempDir()
	root := filepath.Join(base, "root")
	write := func(name, body string) {
		path := filepath.Join(base, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("root/a.jpg", "a")
	write("root/folder/b c?d#e%20.jpg", "b")
	write("root/.hidden.jpg", "hidden")
	write("root/.git/config.jpg", "hidden")
	write("root/empty.jpg", "")
	write("root/full.jpg", strings.Repeat("x", 100))
	write("root/big.jpg", strings.Repeat("x", 101))
	write("secret.jpg", "secret")
	write("root-beside/secret.jpg", "secret")
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("a.jpg", "inside.jpg")
	link("../secret.jpg", "outside.jpg")
	link(filepath.Join(base, "secret.jpg"), "absolute.jpg")
	link("../root-beside", "beside")
	link("loop.jpg", "loop.jpg")
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.jpg"), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

func newFetcher(t *testing.T, config Config) *Fetcher {
	t.Helper()
	f, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestOpenLocal(t *testing.T) {
	f := newFetcher(t, Config{LocalRoot: localFolder(t), MaxBytes: 100})
	rows := []struct{ name, source, want string }{
		{"file", "local:///a.jpg", "a"},
		{"name taken literally", "local:///folder/b c?d#e%20.jpg", "b"},
		{"link inside", "local:///inside.jpg", "a"},
		{"exactly the limit", "local:///full.jpg", strings.Repeat("x", 100)},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := f.Open(t.Context(), row.source)
			if err != nil || string(got.Body) != row.want {
				t.Errorf("%q, %v; want %q", got.Body, err, row.want)
			}
		})
	}
}

func TestOpenLocalRefuses(t *testing.T) {
	f := newFetcher(t, Config{LocalRoot: localFolder(t), MaxBytes: 100})
	rows := []struct {
		name, source string
		want         fault.Kind
	}{
		{"missing", "local:///missing.jpg", fault.NotFound},
		{"missing folder", "local:///missing/a.jpg", fault.NotFound},
		{"file as a folder", "local:///a.jpg/a.jpg", fault.NotFound},
		{"root", "local:///", fault.NotFound},
		{"folder", "local:///folder", fault.NotFound},
		{"folder with slash", "local:///folder/", fault.NotFound},
		{"pipe", "local:///pipe.jpg", fault.NotFound},
		{"dotfile", "local:///.hidden.jpg", fault.NotFound},
		{"below a dot folder", "local:///.git/config.jpg", fault.NotFound},
		{"up", "local:///../secret.jpg", fault.NotFound},
		{"down and up", "local:///folder/../../secret.jpg", fault.NotFound},
		{"up and back", "local:///../root/a.jpg", fault.NotFound},
		{"folder whose name begins like the root's", "local:///../root-beside/secret.jpg", fault.NotFound},
		{"dot", "local:///./a.jpg", fault.NotFound},
		{"encoded up stays literal", "local:///%2e%2e/secret.jpg", fault.NotFound},
		{"backslash up", `local:///..\secret.jpg`, fault.NotFound},
		{"absolute", "local:////etc/hostname", fault.NotFound},
		{"double slash", "local:///folder//a.jpg", fault.NotFound},
		{"NUL", "local:///a.jpg\x00", fault.NotFound},
		{"name too long", "local:///" + strings.Repeat("a", 5000), fault.NotFound},
		{"link outside", "local:///outside.jpg", fault.NotFound},
		{"link outside, absolute", "local:///absolute.jpg", fault.NotFound},
		{"linked folder outside", "local:///beside/secret.jpg", fault.NotFound},
		{"link to itself", "local:///loop.jpg", fault.NotFound},
		{"empty", "local:///empty.jpg", fault.Unsupported},
		{"over the limit", "local:///big.jpg", fault.TooLarge},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := f.Open(t.Context(), row.source)
			if kind := fault.KindOf(err); err == nil || kind != row.want || got.Body != nil {
				t.Errorf("%q, %v; want %v", got.Body, err, row.want)
			}
			if strings.Contains(fault.Message(err), "root") {
				t.Errorf("message %q tells where the root is", fault.Message(err))
			}
			checkIdle(t, f)
		})
	}
}

func TestOpenLocalOff(t *testing.T) {
	_, err := newFetcher(t, Config{}).Open(t.Context(), "local:///a.jpg")
	if fault.KindOf(err) != fault.Denied {
		t.Errorf("%v, want denied", err)
	}
}

func TestOpenLocalAsksAllow(t *testing.T) {
	var asked []string
	f := newFetcher(t, Config{LocalRoot: localFolder(t), Allow: func(u *url.URL) bool {
		asked = append(asked, u.Scheme+" "+u.Host+" "+u.Path)
		return u.Path == "/a.jpg"
	}})
	if _, err := f.Open(t.Context(), "local:///a.jpg"); err != nil {
		t.Error(err)
	}
	if _, err := f.Open(t.Context(), "local:///full.jpg"); fault.KindOf(err) != fault.Denied {
		t.Errorf("%v, want denied", err)
	}
	if got, want := strings.Join(asked, "; "), "local  /a.jpg; local  /full.jpg"; got != want {
		t.Errorf("asked %q, want %q", got, want)
	}
}

func TestOpenLocalCancelled(t *testing.T) {
	f := newFetcher(t, Config{LocalRoot: localFolder(t)})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Open(ctx, "local:///a.jpg"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want cancelled", err)
	}
}

func TestNewRefuses(t *testing.T) {
	rows := map[string]Config{
		"missing root":         {LocalRoot: filepath.Join(t.TempDir(), "missing")},
		"negative bytes":       {MaxBytes: -1},
		"negative budget":      {BudgetBytes: -1},
		"negative timeout":     {Timeout: -1},
		"negative connections": {Connections: -1},
		"port 0":               {AllowPorts: []int{0}},
		"port too big":         {AllowPorts: []int{65536}},
		"no network":           {AllowNetworks: []netip.Prefix{{}}},
		"mapped network":       {AllowNetworks: []netip.Prefix{netip.MustParsePrefix("::ffff:10.0.0.0/104")}},
		"address without port": {AllowAddresses: []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:0")}},
	}
	for name, config := range rows {
		t.Run(name, func(t *testing.T) {
			if _, err := New(config); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%v, want invalid", err)
			}
		})
	}
}
