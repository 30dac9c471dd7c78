package cache

import (
	"errors"
	"syscall"
)

// fileID tells one file from another that took its name.
type fileID struct{ device, inode uint64 }

// fill reads from offset on until data is full or the file ends.
func fill(file int, data []byte, offset int64) (n int, err error) {
	for n < len(data) {
		got := 0
		err = uninterrupted(func() error {
			got, err = syscall.Pread(file, data[n:], offset+int64(n))
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
