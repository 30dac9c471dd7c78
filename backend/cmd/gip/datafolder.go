package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gip4all/gip4all/backend/config"
	"golang.org/x/sys/unix"
)

// lock takes the data folder for this process until it ends, however it ends: the kernel lets
// go of it. The descriptor is therefore never closed. False: another process has it.
func lock(data string) (bool, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return false, fmt.Errorf("make the data folder: %w", err)
	}
	descriptor, err := unix.Open(filepath.Join(data, "lock"), unix.O_CREAT|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return false, fmt.Errorf("lock the data folder: %w", err)
	}
	err = unix.Flock(descriptor, unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, unix.Close(descriptor)
	}
	if err != nil {
		return false, errors.Join(fmt.Errorf("lock the data folder: %w", err), unix.Close(descriptor))
	}
	return true, nil
}

// workFolder is where workers have their temporary folders. Whoever has the data folder alone
// first removes what a killed server left there.
func (n *node) workFolder(settings config.Config) (string, error) {
	if !n.alone {
		return "", nil // the system's own
	}
	folder, err := filepath.Abs(filepath.Join(settings.Data, "work"))
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700)); err != nil {
		return "", fmt.Errorf("clear the workers' folder: %w", err)
	}
	return folder, nil
}
