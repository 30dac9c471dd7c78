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
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/origin"
)

// pixelVersion is raised when the same key and settings give other bytes than before.
const pixelVersion = 2

// layoutVersion is raised when files of the caches are named or written otherwise than before.
const layoutVersion = 2

// diskLayer keeps results. A key holds what a URL says, not the owner's qualities and limits:
// whoever changes those gets a new folder.
func (n *node) diskLayer(settings config.Config) (cache.Layer, error) {
	made := []any{pixelVersion, layoutVersion, policyOf(settings)}
	return n.disk(settings, "cache", made, cache.DiskConfig{MaxBytes: int64(settings.DiskCache), GroupOf: imageurl.KeySource, OpenFiles: openFiles()})
}

// originalsLayer keeps originals. What the settings do not open any more must not be served
// from an earlier run, so they, too, get a new folder.
func (n *node) originalsLayer(settings config.Config) (cache.Layer, error) {
	reach := []any{layoutVersion, settings.AllowedSources.List(), settings.AllowNetworks, settings.AllowPorts, settings.Demo}
	return n.disk(settings, "originals", reach, cache.DiskConfig{MaxBytes: int64(settings.SourceDiskCache), GroupOf: origin.SourceOf})
}

// disk is nil where settings want none, and where another process has the folder: two would
// remove each other's files. The folder is for what depends on these values, and those for
// others are removed.
func (n *node) disk(settings config.Config, name string, depends []any, into cache.DiskConfig) (cache.Layer, error) {
	if into.MaxBytes == 0 || !n.alone {
		return nil, nil
	}
	var err error
	if into.Dir, err = folderFor(filepath.Join(settings.Data, name), depends); err != nil {
		return nil, err
	}
	into.Log = n.log
	disk, err := cache.NewDisk(into)
	if err != nil {
		return nil, fmt.Errorf("disk cache: %w", err)
	}
	return disk, nil
}

func folderFor(parent string, depends []any) (string, error) {
	described, err := json.Marshal(depends)
	if err != nil {
		return "", fmt.Errorf("describe the settings: %w", err)
	}
	sum := sha256.Sum256(described)
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
