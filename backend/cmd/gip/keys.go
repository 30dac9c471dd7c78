package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/sign"
)

// Files of the data folder that hold secrets; only the owner may read them.
const (
	keysFile     = "keys"
	sealKeysFile = "seal-keys"
	tokenFile    = "admin-token"
)

// keyRing takes the keys of the settings, else those of the data folder, else makes some and
// keeps them there.
func keyRing(settings config.Config, log *slog.Logger) (sign.Ring, error) {
	text := settings.Keys.Reveal()
	if text == "" {
		kept, err := keep(settings.Data, keysFile, newKeys, log)
		if err != nil {
			return sign.Ring{}, err
		}
		text = kept
	}
	ring, err := sign.ParseRing(text, settings.SignatureSize)
	if err != nil {
		return ring, fmt.Errorf("signing keys: %w", err)
	}
	return ring, nil
}

// existingRing is for whoever signs for a server: keys made here would be nobody's.
func existingRing(settings config.Config) (sign.Ring, error) {
	if _, err := os.Stat(filepath.Join(settings.Data, keysFile)); err != nil && settings.Keys.Reveal() == "" {
		return sign.Ring{}, fmt.Errorf("there are no keys in the data folder %q: start gip serve once, or set GIP_DATA or GIP_KEYS as it has them", settings.Data)
	}
	return keyRing(settings, slog.Default())
}

func newKeys() (string, error) {
	pair, err := sign.GeneratePair(rand.Reader)
	return pair.String(), err
}

// adminToken is the bearer token of /api/v1.
func adminToken(settings config.Config, log *slog.Logger) (string, error) {
	if token := settings.AdminToken.Reveal(); token != "" {
		return token, nil
	}
	return keep(settings.Data, tokenFile, newToken, log)
}

func newToken() (string, error) {
	token := make([]byte, 24)
	_, err := rand.Read(token)
	return hex.EncodeToString(token), err
}

// keep reads a secret from the data folder, or makes it and writes it there. Two processes
// that start at once end with the same secret: the file appears whole or not at all.
func keep(folder, name string, generate func() (string, error), log *slog.Logger) (string, error) {
	path := filepath.Join(folder, name)
	text, err := os.ReadFile(path) //nolint:gosec // the owner's own folder
	if err == nil {
		return strings.TrimSpace(string(text)), onlyForOwner(path, log)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	secret, err := generate()
	if err != nil {
		return "", fmt.Errorf("generate %s: %w", name, err)
	}
	if err := writeOnce(path, secret+"\n"); err != nil {
		return "", err
	}
	log.Info("generated and kept", "what", name, "file", path)
	kept, err := os.ReadFile(path) //nolint:gosec // as above: another process may have been first
	return strings.TrimSpace(string(kept)), err
}

// onlyForOwner takes away what a copy or a backup gave to others.
func onlyForOwner(path string, log *slog.Logger) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	log.Warn("others could read this secret; its mode is 0600 again", "file", path, "mode", info.Mode().String())
	return os.Chmod(path, 0o600)
}

func writeOnce(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return fmt.Errorf("write to the data folder: %w", err)
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.WriteString(text)
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	// Link, unlike Rename, fails when the file is there already.
	if err := os.Link(temporary.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
