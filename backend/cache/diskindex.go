package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/maypok86/otter/v2"
)

// blockSize is what common file systems round a file up to.
const blockSize = 4096

// blocks is how much of the disk a file of size bytes takes.
func blocks(size int64) uint32 {
	return uint32((size + blockSize - 1) / blockSize * blockSize)
}

func (d *Disk) newIndex() *otter.Cache[fileName, uint32] {
	return otter.Must(&otter.Options[fileName, uint32]{
		MaximumWeight: uint64(d.maximum),
		Weigher:       func(_ fileName, weight uint32) uint32 { return weight },
		OnDeletion:    d.evicted,
		Executor:      d.spawn, // so that Close waits for removals
	})
}

// evicted removes the file of an entry that left the index. It runs some time later, on a
// goroutine of its own: by then a newer file may be there, and that one is in the index again.
func (d *Disk) evicted(event otter.DeletionEvent[fileName, uint32]) {
	if event.Cause == otter.CauseReplacement {
		return
	}
	defer d.lock(event.Key)()
	if _, again := d.index.GetEntryQuietly(event.Key); !again {
		d.remove(event.Key)
	}
}

// foundFile is a file of an earlier run.
type foundFile struct {
	name     fileName
	size     int64
	modified time.Time
}

// rebuild fills the index with the files of earlier runs, the oldest first, so that they are
// the first to go. If the bound was lowered meanwhile, the oldest go at once.
func (d *Disk) rebuild() {
	defer close(d.rebuilt)
	files := d.findFiles()
	slices.SortFunc(files, func(a, b foundFile) int { return a.modified.Compare(b.modified) })
	excess := -d.maximum
	for _, file := range files {
		excess += int64(blocks(file.size))
	}
	for _, file := range files {
		if d.isClosing() {
			return
		}
		d.adopt(file, excess > 0)
		if excess > 0 {
			excess -= int64(blocks(file.size))
		}
	}
	d.index.CleanUp()
}

// adopt takes a found file into the index, or removes it if there is no room. It does neither
// if the file was replaced or removed since the walk.
func (d *Disk) adopt(file foundFile, noRoom bool) {
	defer d.lock(file.name)()
	if _, known := d.index.GetEntryQuietly(file.name); known {
		return
	}
	if noRoom || file.size > d.largest {
		d.remove(file.name)
		return
	}
	if _, err := os.Lstat(d.path(file.name)); err == nil {
		d.index.SetIfAbsent(file.name, blocks(file.size))
	}
}

// findFiles walks the folder. What is not named as this layer names its files is not its own,
// and is left alone.
func (d *Disk) findFiles() []foundFile {
	var files []foundFile
	walk := func(path string, item fs.DirEntry, err error) error {
		if d.isClosing() {
			return fs.SkipAll
		}
		if err != nil || !item.Type().IsRegular() {
			return nil // an unreadable folder hides no more than itself
		}
		name, ours := parseName(item.Name())
		info, err := item.Info()
		if ours && err == nil && path == d.path(name) {
			files = append(files, foundFile{name, info.Size(), info.ModTime()})
		}
		return nil
	}
	// walk returns no error of its own, so there is none.
	_ = filepath.WalkDir(d.dir, walk)
	return files
}

func (d *Disk) isClosing() bool {
	select {
	case <-d.closing:
		return true
	default:
		return false
	}
}
