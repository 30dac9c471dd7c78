package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/gip4all/gip4all/backend/config"
)

// serveCommand starts the server. Its flags are the settings, which config reads: all of its
// mistakes are reported at once, with those of the environment and the file.
type serveCommand struct {
	Args []string `arg:"" optional:"" passthrough:""`
}

// Run serves until SIGTERM or an interrupt.
func (c serveCommand) Run() error {
	if slices.Contains(c.Args, "--help") || slices.Contains(c.Args, "-h") {
		fmt.Print("Usage: gip serve [flags]\n\nStart the image server.\n\n" + config.Help())
		return nil
	}
	flags, flagErr := settingFlags(c.Args)
	settings, err := config.FromProcess(flags, checkSettings)
	if err := errors.Join(flagErr, err); err != nil {
		return usageError{err}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return serve(ctx, settings, newLogger(settings))
}

func serve(ctx context.Context, settings config.Config, log *slog.Logger) error {
	listener, err := listen(settings.Listen, settings.Explicit("listen"), log)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", settings.Listen, err)
	}
	profiles, err := newProfiles(ctx, settings.PProf)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	node, err := wire(settings, log)
	if err != nil {
		return errors.Join(err, listener.Close(), profiles.close())
	}
	defer ballast()()
	return errors.Join(node.serve(ctx, listener, settings), profiles.close())
}

// serve answers until ctx ends, then lets running requests finish within the deadline and
// closes everything in the order that loses nothing.
func (n *node) serve(ctx context.Context, listener net.Listener, settings config.Config) error {
	failed := make(chan error, 1)
	go func() { failed <- n.http.Serve(patient{listener}) }()
	defer n.announce(settings, listener)()
	fmt.Printf("listening on http://%s\n", listener.Addr())
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		n.log.Info("stopping: no new requests, finishing what runs", "deadline", settings.ShutdownTimeout.String())
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.ShutdownTimeout)
	defer cancel()
	err = errors.Join(err, n.http.Shutdown(deadline), n.close(deadline))
	if err == nil {
		n.log.Info("stopped")
	}
	return err
}
