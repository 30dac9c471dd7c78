package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/config"
	"golang.org/x/sys/unix"
)

// pixelVersion is raised when the same key and settings give other bytes than before.
const pixelVersion = 1

// errInUse: another gip serve holds the cache folder.
var errInUse = errors.New("another gip serve uses this data folder")

// diskLayer is nil where settings want none, and where another process has it: two would
// remove each other's files.
func diskLayer(settings config.Config, log *slog.Logger) (cache.Layer, error) {
	if settings.DiskCache == 0 {
		return nil, nil
	}
	folder, err := cacheFolder(settings)
	if errors.Is(err, errInUse) {
		log.Warn("no disk cache: another gip serve uses this data folder", "data", settings.Data)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: folder, MaxBytes: int64(settings.DiskCache), Log: log})
	if err != nil {
		return nil, fmt.Errorf("disk cache: %w", err)
	}
	return disk, nil
}

// lock holds the file until the process ends, however it ends: the kernel lets go of it. The
// descriptor is therefore never closed.
func lock(path string) error {
	descriptor, err := unix.Open(path, unix.O_CREAT|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return fmt.Errorf("lock the cache folder: %w", err)
	}
	if err := unix.Flock(descriptor, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return errors.Join(errInUse, unix.Close(descriptor))
	}
	return nil
}

// cacheFolder is where this configuration keeps its results. A key holds what a URL says, not
// the owner's qualities and limits: whoever changes those gets a new folder, and the old ones
// are removed.
func cacheFolder(settings config.Config) (string, error) {
	described, err := json.Marshal([]any{pixelVersion, policyOf(settings)})
	if err != nil {
		return "", fmt.Errorf("describe the settings: %w", err)
	}
	sum := sha256.Sum256(described)
	parent := filepath.Join(settings.Data, "cache")
	name := hex.EncodeToString(sum[:8])
	if err := os.MkdirAll(filepath.Join(parent, name), 0o700); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	if err := lock(filepath.Join(settings.Data, "cache.lock")); err != nil {
		return "", err
	}
	return filepath.Join(parent, name), removeOthers(parent, name)
}

func removeOthers(parent, name string) error {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return fmt.Errorf("read the cache folder: %w", err)
	}
	for _, entry := range entries {
		if entry.Name() == name {
			continue
		}
		if err := os.RemoveAll(filepath.Join(parent, entry.Name())); err != nil {
			return fmt.Errorf("remove results of older settings: %w", err)
		}
	}
	return nil
}
