package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/config"
)

// pixelVersion is raised when the same key and settings give other bytes than before.
const pixelVersion = 2

// diskLayer is nil where settings want none, and where another process has the folder: two
// would remove each other's files.
func (n *node) diskLayer(settings config.Config) (cache.Layer, error) {
	if settings.DiskCache == 0 || !n.alone {
		return nil, nil
	}
	folder, err := cacheFolder(settings)
	if err != nil {
		return nil, err
	}
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: folder, MaxBytes: int64(settings.DiskCache), Log: n.log})
	if err != nil {
		return nil, fmt.Errorf("disk cache: %w", err)
	}
	return disk, nil
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
