package cache_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
)

func openKeeping(t testing.TB, files int) *cache.Disk {
	t.Helper()
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: t.TempDir(), MaxBytes: 64 << 20, OpenFiles: files})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, disk) })
	disk.Rebuilt()
	return disk
}

// reopen opens twice, which gives the file.
func reopen(t testing.TB, disk *cache.Disk, key string) *cache.File {
	t.Helper()
	for range 2 {
		entry, ok, err := disk.Open(t.Context(), key)
		if !ok || err != nil {
			t.Fatalf("open %s: %v %v", key, ok, err)
		}
		if entry.File != nil {
			return entry.File
		}
	}
	t.Fatalf("%s is not given as a file", key)
	return nil
}

func bytesOf(t testing.TB, file *cache.File) string {
	t.Helper()
	body, err := file.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestOpenGivesBodyThenFile(t *testing.T) {
	disk := openKeeping(t, 10)
	set := cache.Entry{Body: []byte("the body"), MediaType: "image/webp", ETag: `"e"`, Note: "n: 1\n", Width: 3, Height: 2, Expires: time.Now().Add(time.Hour)}
	mustSet(t, disk, "key", set)
	first, ok, err := disk.Open(t.Context(), "key")
	if !ok || err != nil || string(first.Body) != "the body" || first.File != nil {
		t.Fatalf("first: %+v %v %v", first, ok, err)
	}
	second, _, _ := disk.Open(t.Context(), "key")
	if second.Body != nil || second.File == nil || second.Size() != len("the body") {
		t.Fatalf("second: %+v", second)
	}
	defer second.File.Close()
	if got := bytesOf(t, second.File); got != "the body" {
		t.Errorf("the file has %q", got)
	}
	second.File, second.Body = nil, first.Body
	if fmt.Sprint(second) != fmt.Sprint(first) {
		t.Errorf("%+v, first %+v", second, first)
	}
}

func TestWhatLeavesTheDiskIsNotGivenAsAFile(t *testing.T) {
	rows := []struct {
		name  string
		leave func(t *testing.T, disk *cache.Disk)
		want  string // "": nothing
	}{
		{"deleted", func(t *testing.T, disk *cache.Disk) { _ = disk.Delete(t.Context(), "key") }, ""},
		{"swept", func(t *testing.T, disk *cache.Disk) { _, _ = disk.Sweep(t.Context(), cache.Selection{}) }, ""},
		{"replaced", func(t *testing.T, disk *cache.Disk) { mustSet(t, disk, "key", cache.Entry{Body: []byte("new")}) }, "new"},
		{"replaced by one too large", func(t *testing.T, disk *cache.Disk) {
			mustSet(t, disk, "key", cache.Entry{Body: make([]byte, 32<<20)})
		}, ""},
		{"pushed out", func(t *testing.T, disk *cache.Disk) {
			for i := range 40 { // read again and again, so that they are worth more
				key := fmt.Sprint(i)
				mustSet(t, disk, key, cache.Entry{Body: make([]byte, 4<<20)})
				for range 10 {
					_, _, _ = disk.Get(t.Context(), key)
				}
				if _, err := os.Stat(disk.Path("key")); err != nil {
					return
				}
			}
			t.Error("it is still there")
		}, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			disk := openKeeping(t, 10)
			mustSet(t, disk, "key", cache.Entry{Body: []byte("old")})
			held := reopen(t, disk, "key")
			defer held.Close()
			row.leave(t, disk)
			entry, ok, err := disk.Open(t.Context(), "key")
			if err != nil || ok != (row.want != "") || string(entry.Body) != row.want {
				t.Errorf("%+v %v %v, want %q", entry, ok, err, row.want)
			}
			if got := bytesOf(t, held); got != "old" {
				t.Errorf("who had it open has %q", got)
			}
		})
	}
}

// TestFilesAreWholeWhileTheyChange: whoever opens gets one version, never another's bytes.
func TestFilesAreWholeWhileTheyChange(t *testing.T) {
	disk := openKeeping(t, 2)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 300 {
				key := fmt.Sprint(i % 3)
				body := bytes.Repeat([]byte{byte('a' + worker)}, 10+worker)
				switch i % 5 {
				case 0:
					_ = disk.Set(t.Context(), key, cache.Entry{Body: body, ETag: string(body)})
				case 1:
					_ = disk.Delete(t.Context(), key)
				default:
					expectWhole(t, disk, key)
				}
			}
		})
	}
	all.Wait()
}

func expectWhole(t *testing.T, disk *cache.Disk, key string) {
	entry, ok, err := disk.Open(t.Context(), key)
	if err != nil {
		t.Error(err)
	}
	if !ok {
		return
	}
	body := entry.Body
	if entry.File != nil {
		body, err = entry.File.Bytes()
		_ = entry.File.Close()
	}
	if err != nil || string(body) != entry.ETag {
		t.Errorf("body %q of entry %q: %v", body, entry.ETag, err)
	}
}

// TestSend: more than a socket takes at once, to a reader who begins late, behind a head.
func TestSend(t *testing.T) {
	disk := openKeeping(t, 10)
	for _, size := range []int{0, 1, 4095, 12 << 20} {
		key, body := fmt.Sprint(size), bytes.Repeat([]byte("gip!"), size/4+1)[:size]
		mustSet(t, disk, key, cache.Entry{Body: body})
		file := reopen(t, disk, key)
		got := received(t, func(connection *net.TCPConn) error { return file.Send(connection, []byte("head ")) })
		if want := append([]byte("head "), body...); !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d came, want %d", size, len(got), len(want))
		}
		mustClose(t, file)
	}
}

// received is what comes out of a connection that send writes to.
func received(t *testing.T, send func(*net.TCPConn) error) []byte {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	sent := make(chan error, 1)
	go func() {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err == nil {
			defer connection.Close()
			err = send(connection.(*net.TCPConn))
		}
		sent <- err
	}()
	connection, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	got, err := io.ReadAll(connection)
	if err := <-sent; err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Error(err)
	}
	return got
}

// TestSendToSomeoneWhoLeft fails, and leaves the file good.
func TestSendToSomeoneWhoLeft(t *testing.T) {
	disk := openKeeping(t, 10)
	mustSet(t, disk, "key", cache.Entry{Body: make([]byte, 12<<20)})
	file := reopen(t, disk, "key")
	defer file.Close()
	received(t, func(connection *net.TCPConn) error {
		if err := connection.CloseWrite(); err != nil {
			return err
		}
		if err := file.Send(connection, []byte("head")); err == nil {
			t.Error("nothing failed")
		}
		return nil
	})
	if body := bytesOf(t, file); len(body) != 12<<20 {
		t.Errorf("%d bytes are left", len(body))
	}
}

// TestSendOfAFileCutInPlace: nobody waits for bytes that do not come.
func TestSendOfAFileCutInPlace(t *testing.T) {
	disk := openKeeping(t, 10)
	mustSet(t, disk, "key", cache.Entry{Body: make([]byte, 1<<20)})
	file := reopen(t, disk, "key")
	defer file.Close()
	if err := os.Truncate(disk.Path("key"), 1<<19); err != nil {
		t.Fatal(err)
	}
	received(t, func(connection *net.TCPConn) error {
		if err := file.Send(connection, nil); err == nil {
			t.Error("nothing failed")
		}
		return nil
	})
	if _, err := file.Bytes(); err == nil {
		t.Error("nothing failed")
	}
}
