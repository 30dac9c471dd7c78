package cache

import (
	"errors"
	"syscall"
)

// fileID tells one file from another that took its name.
type fileID struct{ device, inode uint64 }

// readFile gives a whole file, and which one it was. One longer than largest is read as
// nothing, which is no record.
//
// It makes four system calls and one allocation: an os.File also asks whether the file can be
// polled, which no regular one can, and costs as much again as the opening.
func readFile(path string, largest int64) (data []byte, id fileID, err error) {
	var file int
	err = uninterrupted(func() error {
		file, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, id, err
	}
	defer syscall.Close(file) //nolint:errcheck // nothing was written
	var info syscall.Stat_t
	if err := uninterrupted(func() error { return syscall.Fstat(file, &info) }); err != nil {
		return nil, id, err
	}
	id = idOf(&info)
	if info.Size > largest {
		return nil, id, nil
	}
	data = make([]byte, info.Size)
	n, err := fill(file, data)
	return data[:n], id, err
}

// fill reads until data is full or the file ends.
func fill(file int, data []byte) (n int, err error) {
	for n < len(data) {
		got := 0
		err = uninterrupted(func() error {
			got, err = syscall.Read(file, data[n:])
			return err
		})
		if err != nil || got == 0 {
			break
		}
		n += got
	}
	return n, err
}

// identify is the identity of the file that lies at path now.
func identify(path string) (fileID, error) {
	var info syscall.Stat_t
	err := uninterrupted(func() error { return syscall.Lstat(path, &info) })
	return idOf(&info), err
}

func idOf(info *syscall.Stat_t) fileID {
	return fileID{uint64(info.Dev), info.Ino} //nolint:unconvert // Dev is an int32 on other systems
}

// uninterrupted calls again when a signal came between, as package os does.
func uninterrupted(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
