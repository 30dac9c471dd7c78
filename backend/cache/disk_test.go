package cache_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/cache/layertest"
)

func openDisk(t testing.TB, dir string, maxBytes int64) *cache.Disk {
	t.Helper()
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: dir, MaxBytes: maxBytes})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, disk) })
	disk.Rebuilt()
	return disk
}

func mustClose(t testing.TB, layer io.Closer) {
	t.Helper()
	if err := layer.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func TestDiskIsALayer(t *testing.T) {
	layertest.Run(t, func(t *testing.T) cache.Layer { return openDisk(t, t.TempDir(), 64<<20) })
}

func TestDiskSurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	entry := cache.Entry{
		Body: []byte("the body"), MediaType: "image/webp", ETag: `"e"`,
		Created: time.Now(), Expires: time.Now().Add(time.Hour), Width: 3, Height: 2,
	}
	first := openDisk(t, dir, 1<<20)
	mustSet(t, first, "key", entry)
	weighed := first.Bytes()
	mustClose(t, first)
	second := openDisk(t, dir, 1<<20)
	if got := second.Bytes(); got != weighed || got == 0 {
		t.Errorf("weighs %d bytes after the restart, %d before", got, weighed)
	}
	got, ok, err := second.Get(t.Context(), "key")
	if !ok || err != nil {
		t.Fatalf("get after the restart: %v %v", ok, err)
	}
	if !bytes.Equal(got.Body, entry.Body) || got.ETag != entry.ETag || !got.Expires.Equal(entry.Expires) || got.Width != 3 {
		t.Errorf("got %+v, want %+v", got, entry)
	}
}

// TestDiskRefusesDamage changes a good file in every way a crash or a bad disk might.
func TestDiskRefusesDamage(t *testing.T) {
	rows := []struct {
		name   string
		damage func(good []byte) []byte
	}{
		{"empty", func([]byte) []byte { return nil }},
		{"half of the header", func(b []byte) []byte { return b[:20] }},
		{"header alone", func(b []byte) []byte { return b[:56] }},
		{"half-written", func(b []byte) []byte { return b[:len(b)/2] }},
		{"last byte missing", func(b []byte) []byte { return b[:len(b)-1] }},
		{"one byte more", func(b []byte) []byte { return append(b, 0) }},
		{"written twice", func(b []byte) []byte { return append(b, b...) }},
		{"tail is zeros", func(b []byte) []byte { clear(b[len(b)/2:]); return b }}, // allocated, never flushed
		{"all zeros", func(b []byte) []byte { clear(b); return b }},
		{"another version", func(b []byte) []byte { b[7]++; return b }},
		{"larger than any file of the layer", func([]byte) []byte { return make([]byte, 1<<19) }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			disk := openDisk(t, t.TempDir(), 1<<20)
			path := setFile(t, disk, "key")
			rewrite(t, path, row.damage)
			wantMissAndGone(t, disk, "key", path)
		})
	}
}

func TestDiskFindsEveryFlippedByte(t *testing.T) {
	disk := openDisk(t, t.TempDir(), 1<<20)
	size := fileSize(t, setFile(t, disk, "key"))
	if size < 56 {
		t.Fatalf("%d bytes are less than a header", size)
	}
	for at := range size {
		path := setFile(t, disk, "key")
		rewrite(t, path, func(b []byte) []byte { b[at] ^= 1 << (at % 8); return b })
		wantMissAndGone(t, disk, "key", path)
	}
}

func TestDiskRefusesAnotherKeysFile(t *testing.T) {
	disk := openDisk(t, t.TempDir(), 1<<20)
	other := readAll(t, setFile(t, disk, "other"))
	if err := disk.Delete(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	path := setFile(t, disk, "key")
	rewrite(t, path, func([]byte) []byte { return other })
	wantMissAndGone(t, disk, "key", path)
}

func TestDiskCleansUpAtStart(t *testing.T) {
	dir := t.TempDir()
	leftover := filepath.Join(dir, "tmp", "leftover")
	foreign := filepath.Join(dir, "aa", "bb", "notes.txt")
	for _, path := range []string{leftover, foreign} {
		mustWrite(t, path, []byte("something"))
	}
	disk := openDisk(t, dir, 1<<20)
	if _, err := os.Stat(leftover); err == nil {
		t.Error("the half-written file of an earlier run is still there")
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Errorf("a file that is not the layer's: %v", err)
	}
	if got := disk.Bytes(); got != 0 {
		t.Errorf("weighs %d bytes, want 0", got)
	}
}

func TestDiskStaysBelowItsBound(t *testing.T) {
	const bound = 1 << 20
	dir := t.TempDir()
	disk := openDisk(t, dir, bound)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 500 {
		mustSet(t, disk, fmt.Sprint(i), cache.Entry{Body: make([]byte, random.IntN(40_000))})
	}
	mustClose(t, disk)
	if got := usage(t, dir); got > bound || got < bound/2 {
		t.Errorf("takes %d bytes, want at most %d and more than half of it", got, bound)
	}
}

func TestDiskKeepsWhatIsAskedFor(t *testing.T) {
	disk := openDisk(t, t.TempDir(), 1<<20)
	mustSet(t, disk, "favourite", cache.Entry{Body: make([]byte, 10_000)})
	for i := range 500 {
		if _, ok, err := disk.Get(t.Context(), "favourite"); !ok || err != nil {
			t.Fatalf("gone after %d others: %v", i, err)
		}
		mustSet(t, disk, fmt.Sprint(i), cache.Entry{Body: make([]byte, 10_000)})
	}
}

// TestDiskLowerBound restarts with room for a part: the oldest files must go.
func TestDiskLowerBound(t *testing.T) {
	dir := t.TempDir()
	first := openDisk(t, dir, 1<<20)
	for i := range 20 {
		key := fmt.Sprint(i)
		mustSet(t, first, key, cache.Entry{Body: make([]byte, 10_000)})
		age := time.Now().Add(time.Duration(i-20) * time.Minute)
		if err := os.Chtimes(first.Path(key), age, age); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, first)
	const bound = 10 * 12 << 10 // each file takes three blocks
	second := openDisk(t, dir, bound)
	for i := range 20 {
		_, ok, err := second.Get(t.Context(), fmt.Sprint(i))
		if err != nil || ok != (i >= 10) {
			t.Errorf("entry %d is kept: %v, %v", i, ok, err)
		}
	}
	if got := usage(t, dir); got > bound {
		t.Errorf("takes %d bytes, want at most %d", got, bound)
	}
}

// TestDiskWorksBeforeItsIndexIsRebuilt uses the layer at once after a restart. At the end the
// index must weigh what lies there, whichever came first.
func TestDiskWorksBeforeItsIndexIsRebuilt(t *testing.T) {
	dir := t.TempDir()
	first := openDisk(t, dir, 8<<20)
	for i := range 300 {
		setFile(t, first, fmt.Sprint(i))
	}
	mustClose(t, first)
	second, err := cache.NewDisk(cache.DiskConfig{Dir: dir, MaxBytes: 8 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		key := fmt.Sprint(i)
		if _, ok, err := second.Get(t.Context(), key); !ok || err != nil {
			t.Errorf("get %s: %v %v", key, ok, err)
		}
		if i%2 == 0 {
			setFile(t, second, key)
		} else if err := second.Delete(t.Context(), key); err != nil {
			t.Errorf("delete %s: %v", key, err)
		}
	}
	second.Rebuilt()
	if got, want := second.Bytes(), uint64(150*4096); got != want {
		t.Errorf("weighs %d bytes, want %d", got, want)
	}
	mustClose(t, second)
	if got, want := usage(t, dir), int64(150*4096); got != want {
		t.Errorf("takes %d bytes, want %d", got, want)
	}
}

func TestDiskAdmission(t *testing.T) {
	disk := openDisk(t, t.TempDir(), 1<<20)
	mustSet(t, disk, "key", cache.Entry{Body: []byte("the old one")})
	mustSet(t, disk, "key", cache.Entry{Body: make([]byte, 1<<18)})
	if entry, ok, _ := disk.Get(t.Context(), "key"); ok {
		t.Errorf("got %d bytes, want nothing: a quarter is too much, and the old entry no longer true", len(entry.Body))
	}
}

func TestDiskModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "by it")
	disk := openDisk(t, dir, 1<<20)
	path := setFile(t, disk, "../../escape")
	rows := []struct {
		name, path string
		want       fs.FileMode
	}{
		{"file", path, 0o600},
		{"shard", filepath.Dir(path), fs.ModeDir | 0o700},
		{"folder", dir, fs.ModeDir | 0o700},
		{"temporary folder", filepath.Join(dir, "tmp"), fs.ModeDir | 0o700},
	}
	for _, row := range rows {
		info, err := os.Stat(row.path)
		if err != nil || info.Mode() != row.want {
			t.Errorf("%s: %v %v, want %v", row.name, info.Mode(), err, row.want)
		}
	}
	name := filepath.Base(path)
	if _, err := hex.DecodeString(name); err != nil || path != filepath.Join(dir, name[:2], name[2:4], name) {
		t.Errorf("file lies at %s", path)
	}
}

// TestDiskCannotWrite stands for a full disk and a read-only folder, which root does not feel:
// where files would be made, there is no folder.
func TestDiskCannotWrite(t *testing.T) {
	dir := t.TempDir()
	disk := openDisk(t, dir, 1<<20)
	mustSet(t, disk, "key", cache.Entry{Body: []byte("before")})
	if err := os.RemoveAll(filepath.Join(dir, "tmp")); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, filepath.Join(dir, "tmp"), nil)
	if err := disk.Set(t.Context(), "key", cache.Entry{Body: []byte("after")}); err == nil {
		t.Error("set where nothing can be written: no error")
	}
	if entry, ok, err := disk.Get(t.Context(), "key"); !ok || err != nil || string(entry.Body) != "before" {
		t.Errorf("what was there: %q %v %v", entry.Body, ok, err)
	}
}

func TestDiskEmptiedByHand(t *testing.T) {
	dir := t.TempDir()
	disk := openDisk(t, dir, 1<<20)
	setFile(t, disk, "key")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := disk.Get(t.Context(), "key"); ok || err != nil {
		t.Errorf("get of a removed file: %v %v", ok, err)
	}
	if got := disk.Bytes(); got != 0 {
		t.Errorf("still weighs %d bytes", got)
	}
	setFile(t, disk, "key")
}

func TestDiskBadFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, nil)
	for _, dir := range []string{"", file} {
		if _, err := cache.NewDisk(cache.DiskConfig{Dir: dir}); err == nil {
			t.Errorf("folder %q: no error", dir)
		}
	}
}

func BenchmarkDiskHit(b *testing.B) {
	disk := openDisk(b, b.TempDir(), 1<<20)
	mustSet(b, disk, "key", cache.Entry{Body: make([]byte, 50_000), MediaType: "image/avif"})
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, err := disk.Get(b.Context(), "key"); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

// setFile sets a small entry and gives the path of its file.
func setFile(t *testing.T, disk *cache.Disk, key string) string {
	t.Helper()
	mustSet(t, disk, key, cache.Entry{Body: []byte("a body of some bytes"), MediaType: "image/webp", ETag: `"tag"`})
	return disk.Path(key)
}

func wantMissAndGone(t *testing.T, disk *cache.Disk, key, path string) {
	t.Helper()
	if entry, ok, err := disk.Get(t.Context(), key); ok || err != nil {
		t.Errorf("got %+v %v, want a miss", entry, err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the damaged file is still there")
	}
	if got := disk.Bytes(); got != 0 {
		t.Errorf("the damaged file still weighs: %d bytes", got)
	}
}

func rewrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	mustWrite(t, path, change(readAll(t, path)))
}

func readAll(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustWrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func fileSize(t *testing.T, path string) int { t.Helper(); return len(readAll(t, path)) }

// usage is what the files below dir take, in whole blocks.
func usage(t *testing.T, dir string) (total int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, item fs.DirEntry, err error) error {
		if err != nil || !item.Type().IsRegular() {
			return err
		}
		info, err := item.Info()
		if err == nil {
			total += (info.Size() + 4095) / 4096 * 4096
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}
