package cache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
)

// DiskConfig says where a disk layer lies and how much it may take.
type DiskConfig struct {
	Dir       string                  // made if it is missing; belongs to one process
	MaxBytes  int64                   // of files, each rounded up to 4 KiB blocks; 0: 1 GiB
	GroupOf   func(key string) string // of keys that are swept together, whose files lie in one folder; nil: each key alone
	OpenFiles int                     // kept open for who asks next, see Disk.Open; 0: none
	Log       *slog.Logger            // of files found damaged and files that cannot be removed; nil: nowhere
}

// Disk is the layer that keeps one file per entry, `aa/bb/<hashes of its group and key>`, and
// outlives a restart. A file is written beside its place and renamed, and checked whenever it is read:
// a damaged one is removed and is a miss. Beyond its bytes the files that otter's policy holds
// for the least useful go. Safe for concurrent use.
//
// It does not sync to the platter: a file that a power cut tore is found by its checksum.
type Disk struct {
	dir, temp string
	largest   int64 // bytes of the largest file admitted
	maximum   int64
	groupOf   func(key string) string
	log       *slog.Logger

	// index weighs the files and picks those to go. Files are found by their path, never
	// through the index: it may lag behind (at start it is not filled yet).
	index *otter.Cache[fileName, uint32]
	open  openFiles
	locks [64]sync.Mutex // by file name: the file and its places in index and open change together

	mu      sync.Mutex // guards closed, and with it that tasks only grows before Close waits
	closed  bool
	tasks   sync.WaitGroup // the rebuild of the index, removals, otter's maintenance
	closing chan struct{}
	rebuilt chan struct{} // closed when the files of the last run are in the index
}

const (
	defaultDiskBytes = 1 << 30
	tempDir          = "tmp"
)

// NewDisk opens the folder, removes what an interrupted run left half-written, and learns in
// the background which files are there. The error says that the folder cannot be used.
func NewDisk(config DiskConfig) (*Disk, error) {
	if config.Dir == "" {
		return nil, errors.New("cache: the disk layer has no folder")
	}
	if config.MaxBytes <= 0 {
		config.MaxBytes = defaultDiskBytes
	}
	if config.GroupOf == nil {
		config.GroupOf = func(key string) string { return key }
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	d := &Disk{
		dir: filepath.Clean(config.Dir), temp: filepath.Join(config.Dir, tempDir), maximum: config.MaxBytes,
		largest: min(config.MaxBytes/largestShare, math.MaxUint32-blockSize), log: config.Log,
		groupOf: config.GroupOf, open: newOpenFiles(config.OpenFiles),
		closing: make(chan struct{}), rebuilt: make(chan struct{}),
	}
	if err := d.clearTemp(); err != nil {
		return nil, fmt.Errorf("cache folder: %w", err)
	}
	d.index = d.newIndex()
	d.spawn(d.rebuild)
	return d, nil
}

// clearTemp empties the folder of half-written files; nothing but this layer writes there.
func (d *Disk) clearTemp() error {
	if err := os.RemoveAll(d.temp); err != nil {
		return err
	}
	return os.MkdirAll(d.temp, 0o700)
}

// Name is "disk".
func (d *Disk) Name() string { return "disk" }

// Get reads the entry's file. Its error is one of the file system; a damaged, foreign or
// outdated file is removed and a miss.
func (d *Disk) Get(_ context.Context, key string) (Entry, bool, error) {
	return d.read(d.nameOf(key), key, nil)
}

// Open is Get, but gives the file instead of its body where that was read and checked seconds
// ago.
func (d *Disk) Open(_ context.Context, key string) (Entry, bool, error) {
	name := d.nameOf(key)
	if entry, ok := d.open.get(name, time.Now()); ok {
		return entry, true, nil
	}
	return d.read(name, key, d.keepOpen)
}

// read gives the entry of a file, and hands file and entry to keep, if there is one.
func (d *Disk) read(name fileName, key string, keep func(fileName, *File, Entry)) (Entry, bool, error) {
	file, err := openFile(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		d.forget(name)
		return Entry{}, false, nil
	}
	if err != nil {
		return Entry{}, false, fmt.Errorf("read cached file: %w", err)
	}
	defer func() { _ = file.Close() }() // nothing was written
	data, err := file.content(d.largest)
	if err != nil {
		return Entry{}, false, fmt.Errorf("read cached file: %w", err)
	}
	entry, err := readRecord(data, key)
	if err != nil {
		d.log.Warn("damaged file removed from the disk cache", "file", name.String(), "error", err)
	}
	if err != nil || !entry.Alive(time.Now()) {
		d.drop(name, file.id)
		return Entry{}, false, nil
	}
	d.index.GetIfPresent(name) // tells the policy that it was useful
	if keep != nil {
		keep(name, file, entry)
	}
	return entry, true, nil
}

// Set writes the entry's file. One that is past its end or larger than a quarter of the layer is
// not kept, and neither is what it would have replaced. An error (a full disk, a read-only
// folder) leaves what was there.
func (d *Disk) Set(ctx context.Context, key string, entry Entry) error {
	size := recordSize(key, entry)
	if size > d.largest || !entry.Alive(time.Now()) {
		return d.Delete(ctx, key)
	}
	temp, err := d.write(recordHead(key, entry), entry.Body)
	if err == nil {
		err = d.place(temp, d.nameOf(key), size)
	}
	if err != nil {
		return fmt.Errorf("write cached file: %w", err)
	}
	d.index.CleanUp() // so that what must go for this one goes now
	return nil
}

// Delete removes the key's file, if there is one.
func (d *Disk) Delete(_ context.Context, key string) error {
	name := d.nameOf(key)
	defer d.lock(name)()
	d.index.Invalidate(name)
	if err := d.unlink(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete cached file: %w", err)
	}
	return nil
}

// Bytes is about how much the files take; too little until the index is rebuilt after a start.
func (d *Disk) Bytes() uint64 {
	d.index.CleanUp() // else the weight lags behind
	return d.index.WeightedSize()
}

// Close waits for removals that are under way. The files stay.
func (d *Disk) Close() error {
	d.index.CleanUp()
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		close(d.closing)
	}
	d.mu.Unlock()
	d.tasks.Wait()
	d.index.StopAllGoroutines()
	d.open.close()
	return nil
}

// spawn runs a task that Close waits for. After Close it is not run: a file whose removal is
// lost so is weighed again at the next start.
func (d *Disk) spawn(task func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.tasks.Go(task)
	}
}
