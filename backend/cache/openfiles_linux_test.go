package cache_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
)

// TestKeptFilesAreBounded counts this process's descriptors of the layer's folder.
func TestKeptFilesAreBounded(t *testing.T) {
	dir := t.TempDir()
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: dir, OpenFiles: 10})
	if err != nil {
		t.Fatal(err)
	}
	var given []*cache.File
	for i := range 200 {
		key := fmt.Sprint(i)
		mustSet(t, disk, key, cache.Entry{Body: []byte(key)})
		for range 3 {
			if entry, _, _ := disk.Open(t.Context(), key); entry.File != nil {
				given = append(given, entry.File)
			}
		}
	}
	for _, file := range given {
		mustClose(t, file)
	}
	if kept := descriptors(t, dir); kept > 20 || kept == 0 {
		t.Errorf("%d files are open, want about 10", kept)
	}
	mustClose(t, disk)
	if kept := descriptors(t, dir); kept != 0 {
		t.Errorf("%d files are open after Close", kept)
	}
}

func descriptors(t *testing.T, dir string) (count int) {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to, dir) {
			count++
		}
	}
	return count
}
