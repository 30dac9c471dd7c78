package main

import (
	"log/slog"
	"os"

	"github.com/gip4all/gip4all/backend/config"
	"golang.org/x/term"
)

// newLogger writes to standard error: text on a terminal, JSON otherwise, or as set.
func newLogger(settings config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: levelOf(settings.LogLevel)}
	text := settings.LogFormat == "text"
	if settings.LogFormat == "auto" {
		text = term.IsTerminal(int(os.Stderr.Fd()))
	}
	if text {
		return slog.New(slog.NewTextHandler(os.Stderr, options))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, options))
}

func levelOf(name string) slog.Level {
	var level slog.Level
	if level.UnmarshalText([]byte(name)) != nil {
		return slog.LevelInfo
	}
	return level
}
