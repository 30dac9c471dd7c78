package cache

import (
	"time"

	"github.com/maypok86/otter/v2"
)

// openFiles keeps files of the disk layer open that were read and checked, so that whoever asks
// next need not do it again. Who removes or replaces a file through the layer forgets it here
// under the lock of its name, so a purge is complete when it answers. What others do to the
// folder, and what a bad disk does to a file, is found when the file is read again, which is soon.
type openFiles struct {
	kept *otter.Cache[fileName, checkedFile]
}

// checkedFor is how long a file is sent without being read by us.
const checkedFor = 5 * time.Second

// checkedFile is a file with the rest of its entry.
type checkedFile struct {
	entry   Entry // without its body
	checked time.Time
}

// newOpenFiles keeps at most so many descriptors; with 0 or less none, and every method does nothing.
func newOpenFiles(most int) openFiles {
	if most <= 0 {
		return openFiles{}
	}
	return openFiles{otter.Must(&otter.Options[fileName, checkedFile]{
		MaximumSize: most,
		Executor:    func(task func()) { task() }, // closing waits for nobody
		OnDeletion:  func(event otter.DeletionEvent[fileName, checkedFile]) { _ = event.Value.entry.File.Close() },
	})}
}

// get gives an entry whose file has one more user, if it is kept and was checked lately.
func (o openFiles) get(name fileName, now time.Time) (Entry, bool) {
	if o.kept == nil {
		return Entry{}, false
	}
	found, ok := o.kept.GetIfPresent(name)
	if !ok || now.Sub(found.checked) > checkedFor || !found.entry.File.acquire() {
		return Entry{}, false
	}
	return found.entry, true
}

// add keeps a file that was checked just now, as one more of its users. The caller holds the
// lock of its name.
func (o openFiles) add(name fileName, file *File, entry Entry) {
	if o.kept == nil || !file.acquire() {
		return
	}
	file.size = int64(len(entry.Body))
	entry.Body, entry.File = nil, file
	o.kept.Set(name, checkedFile{entry, time.Now()})
}

// forget lets go of a file. The caller holds the lock of its name.
func (o openFiles) forget(name fileName) {
	if o.kept != nil {
		o.kept.Invalidate(name)
	}
}

func (o openFiles) close() {
	if o.kept != nil {
		o.kept.InvalidateAll()
		o.kept.CleanUp()
		o.kept.StopAllGoroutines()
	}
}
