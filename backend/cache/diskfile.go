package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// fileName is where a key's file lies. It is made of hashes, so no key, however it is written,
// leads out of the folder. All of one group begin alike, and so share a folder.
type fileName [sha256.Size]byte

// groupBytes is how much of a file name tells its group; the record has the whole key.
const groupBytes = 8

func (d *Disk) nameOf(key string) fileName {
	group, name := sha256.Sum256([]byte(d.groupOf(key))), sha256.Sum256([]byte(key))
	copy(name[:], group[:groupBytes])
	return name
}

// String is the file's name without its folders.
func (n fileName) String() string { return hex.EncodeToString(n[:]) }

// parseName is the reverse of String; false for any other file that lies around.
func parseName(text string) (fileName, bool) {
	var name fileName
	if len(text) != hex.EncodedLen(len(name)) {
		return name, false
	}
	_, err := hex.Decode(name[:], []byte(text))
	return name, err == nil && name.String() == text
}

const separator = string(filepath.Separator)

// path shards twice, so that a million files are some fifteen a folder.
func (d *Disk) path(name fileName) string {
	text := name.String()
	return d.dir + separator + text[:2] + separator + text[2:4] + separator + text
}

// lock takes the lock of a file name; calling what it returns gives it back.
func (d *Disk) lock(name fileName) (unlock func()) {
	mutex := &d.locks[int(name[len(name)-1])%len(d.locks)]
	mutex.Lock()
	return mutex.Unlock
}

// write makes a temporary file (mode 0600) of head and body, or none.
func (d *Disk) write(head, body []byte) (path string, err error) {
	file, err := d.createTemp()
	if err != nil {
		return "", err
	}
	_, err = file.Write(head)
	if err == nil {
		_, err = file.Write(body)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// createTemp makes the folder anew if someone has emptied the cache by hand.
func (d *Disk) createTemp() (*os.File, error) {
	file, err := os.CreateTemp(d.temp, "")
	if !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	if err := os.MkdirAll(d.temp, 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(d.temp, "")
}

// place moves a finished temporary file to its name, or removes it.
func (d *Disk) place(temp string, name fileName, size int64) error {
	defer d.lock(name)()
	err := rename(temp, d.path(name))
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	d.open.forget(name)
	d.index.Set(name, blocks(size))
	return nil
}

// keepOpen keeps a file that was read for who asks next, unless it is not the one at its name any more.
func (d *Disk) keepOpen(name fileName, file *File, entry Entry) {
	defer d.lock(name)()
	if now, err := identify(d.path(name)); err == nil && now == file.id && !d.isClosing() {
		d.open.add(name, file, entry)
	}
}

// rename makes the folders only when they are missing, which is rare after a while.
func rename(from, to string) error {
	err := os.Rename(from, to)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// drop removes the file that was read, unless a newer one has taken its place meanwhile.
func (d *Disk) drop(name fileName, read fileID) {
	defer d.lock(name)()
	now, err := identify(d.path(name))
	if err != nil || now != read {
		return
	}
	d.index.Invalidate(name)
	d.remove(name)
}

// forget takes a file out of the index that somebody else has removed.
func (d *Disk) forget(name fileName) {
	if _, indexed := d.index.GetEntryQuietly(name); !indexed {
		return
	}
	defer d.lock(name)()
	if _, err := os.Lstat(d.path(name)); errors.Is(err, fs.ErrNotExist) {
		d.index.Invalidate(name)
	}
}

// unlink removes a file, also from those kept open. The caller holds the lock of its name.
func (d *Disk) unlink(name fileName) error {
	d.open.forget(name)
	return os.Remove(d.path(name))
}

func (d *Disk) remove(name fileName) {
	if err := d.unlink(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		d.log.Warn("a file of the disk cache cannot be removed", "file", name.String(), "error", err)
	}
}
