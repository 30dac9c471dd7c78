package cache

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"syscall"
)

// File is the body of an entry that lies in a file, which is open and was checked. Whoever got
// it must close it once. The bytes are those of the entry even where the file is replaced or
// removed meanwhile: it keeps what it had open.
//
// Its bytes are not read by this process where they can be sent from the kernel's cache, so
// what changes a file in its place is found no more than seconds later, see openFiles.
type File struct {
	descriptor int
	id         fileID
	length     int64        // of the whole file
	size       int64        // of the body, which is the file's end
	users      atomic.Int32 // at 0 it is closed, and stays so
}

// openFile opens a file for one user. It makes two system calls: an os.File also asks whether
// the file can be polled, which no regular one can, and costs as much again as the opening.
func openFile(path string) (*File, error) {
	f := &File{}
	err := uninterrupted(func() (err error) {
		f.descriptor, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	f.users.Store(1)
	var info syscall.Stat_t
	if err := uninterrupted(func() error { return syscall.Fstat(f.descriptor, &info) }); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	f.id, f.length = idOf(&info), info.Size
	return f, nil
}

// content is the whole file. One longer than largest is read as nothing, which is no record.
func (f *File) content(largest int64) ([]byte, error) {
	if f.length > largest {
		return nil, nil
	}
	data := make([]byte, f.length)
	n, err := fill(f.descriptor, data, 0)
	return data[:n], err
}

// Size is the length of the body in bytes.
func (f *File) Size() int { return int(f.size) }

// offset is where the body begins.
func (f *File) offset() int64 { return f.length - f.size }

// acquire counts one more user; false if it is closed already.
func (f *File) acquire() bool {
	for {
		users := f.users.Load()
		if users == 0 {
			return false
		}
		if f.users.CompareAndSwap(users, users+1) {
			return true
		}
	}
}

// Close gives the file back. The last one closes it.
func (f *File) Close() error {
	if f.users.Add(-1) > 0 {
		return nil
	}
	return syscall.Close(f.descriptor)
}

// Bytes reads the body. An error says that the file is shorter than it was.
func (f *File) Bytes() ([]byte, error) {
	body := make([]byte, f.size)
	n, err := fill(f.descriptor, body, f.offset())
	if err == nil && n < len(body) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("read cached file: %w", err)
	}
	return body, nil
}
