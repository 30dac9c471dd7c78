package cache

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Sweep removes the files of the selected keys, and whatever has no readable key: it could
// only be a miss. A file that cannot be removed is an error, after all others were tried.
func (d *Disk) Sweep(ctx context.Context, selection Selection) (removed int, err error) {
	names, err := d.candidates(selection.Group)
	failures := []error{err}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return removed, errors.Join(append(failures, err)...)
		}
		gone, err := d.sweep(name, selection)
		failures = append(failures, err)
		if gone {
			removed++
		}
	}
	if err := errors.Join(failures...); err != nil {
		return removed, fmt.Errorf("sweep cached files: %w", err)
	}
	return removed, nil
}

// candidates are the files of one group, or all.
func (d *Disk) candidates(group string) ([]fileName, error) {
	if group == "" {
		return d.names(d.dir, "")
	}
	sum := sha256.Sum256([]byte(group))
	prefix := hex.EncodeToString(sum[:groupBytes])
	return d.names(filepath.Join(d.dir, prefix[:2], prefix[2:4]), prefix)
}

// names walks a folder; one that is not there has none.
func (d *Disk) names(folder, prefix string) (names []fileName, err error) {
	walk := func(path string, item fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, ours := parseName(item.Name())
		if ours && item.Type().IsRegular() && strings.HasPrefix(item.Name(), prefix) && path == d.path(name) {
			names = append(names, name)
		}
		return nil
	}
	return names, filepath.WalkDir(folder, walk)
}

// sweep removes one file if its key is selected; gone is true where a record went.
func (d *Disk) sweep(name fileName, selection Selection) (gone bool, err error) {
	key, err := d.keyOf(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	foreign := errors.Is(err, errRecordTorn)
	if err != nil && !foreign {
		return false, err
	}
	if !foreign && !selection.takes(key) {
		return false, nil
	}
	defer d.lock(name)()
	d.index.Invalidate(name)
	err = d.unlink(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && !foreign, err
}

// keyOf reads no more than the head of a file.
func (d *Disk) keyOf(name fileName) (string, error) {
	file, err := os.Open(d.path(name))
	if err != nil {
		return "", err
	}
	defer file.Close()
	var header recordHeader
	if err := binary.Read(file, binary.LittleEndian, &header); err != nil {
		return "", tornIfShort(err)
	}
	if string(header.Magic[:]) != recordMagic || int64(header.Key) > d.largest {
		return "", errRecordTorn
	}
	key := make([]byte, header.Key)
	_, err = io.ReadFull(file, key)
	return string(key), tornIfShort(err)
}

func tornIfShort(err error) error {
	if err != nil && isShort(err) {
		return errRecordTorn
	}
	return err
}

func isShort(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
