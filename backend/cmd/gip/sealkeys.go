package main

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/sign"
)

// sealerOf takes the seal keys of the settings, else those of the data folder, else makes one
// and keeps it there.
func sealerOf(settings config.Config, log *slog.Logger) (sign.Sealer, error) {
	text := settings.SealKeys.Reveal()
	if text == "" {
		kept, err := keep(settings.Data, sealKeysFile, newSealKey, log)
		if err != nil {
			return sign.Sealer{}, err
		}
		text = kept
	}
	sealer, err := sign.ParseSealer(text)
	if err != nil {
		return sealer, fmt.Errorf("seal keys: %w", err)
	}
	return sealer, nil
}

// existingSealer is for whoever seals for a server: what a key made here seals, no server opens.
func existingSealer(settings config.Config) (sign.Sealer, error) {
	if _, err := os.Stat(filepath.Join(settings.Data, sealKeysFile)); err != nil && settings.SealKeys.Reveal() == "" {
		return sign.Sealer{}, fmt.Errorf("there are no seal keys in the data folder %q: start gip serve once, or set GIP_DATA or GIP_SEAL_KEYS as it has them", settings.Data)
	}
	return sealerOf(settings, slog.Default())
}

func newSealKey() (string, error) { return sign.GenerateSealKey(rand.Reader) }

func checkSealKeys(settings config.Config) []error {
	text := settings.SealKeys.Reveal()
	if text == "" {
		return nil
	}
	if _, err := sign.ParseSealer(text); err != nil {
		return []error{fault.New(fault.Invalid, "seal_keys (GIP_SEAL_KEYS): %s; it takes hex keys of %d bytes, comma-separated", fault.Message(err), sign.SealKeySize)}
	}
	return nil
}

// sealed puts the sealed source in the place of the plain one, at the end of a checked path.
func (c signCommand) sealed(settings config.Config, path string) (string, error) {
	sealer, err := existingSealer(settings)
	if err != nil {
		return "", err
	}
	text, err := sealer.Seal(c.Source)
	if err != nil {
		return "", err
	}
	options := strings.TrimSuffix(path, imageurl.Request{Source: c.Source}.String())
	return options + "/enc/" + text, nil
}
