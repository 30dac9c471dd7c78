package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"
)

// convertCommand turns files and folders into smaller files with the server's own pixels.
type convertCommand struct {
	In      []string `arg:"" name:"in" help:"Image files, or folders whose images are all converted."`
	Out     string   `short:"o" help:"A file (for one input) or a folder. Without it a.jpg becomes a.min.jpg beside it."`
	Width   int      `short:"w" help:"Pixels; the height follows. Never enlarges."`
	Height  int      `help:"Pixels; the width follows. With both, the image fits inside."`
	Quality int      `short:"q" help:"1 to 100; the format's own default without it."`
	Format  string   `short:"f" help:"jpeg, png, webp, avif, gif, tiff or jxl. Without it: as the output's name says, else as the input."`
	Force   bool     `help:"Overwrite files that exist."`
	Quiet   bool     `help:"No progress bar."`
}

// Run converts every input; a file that fails is named, and the others go on.
func (c convertCommand) Run() error {
	options, err := c.options()
	if err != nil {
		return usageError{err}
	}
	jobs, err := c.plan(options.Format)
	if err != nil {
		return usageError{err}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	pool, err := convertPool(len(jobs))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close(context.WithoutCancel(ctx)) }()
	return c.convertAll(ctx, pool, options, jobs)
}

func (c convertCommand) options() (transform.Options, error) {
	options := transform.Options{Width: c.Width, Height: c.Height, Quality: c.Quality}
	if c.Width < 0 || c.Height < 0 {
		return options, fmt.Errorf("--width %d and --height %d must not be negative", c.Width, c.Height)
	}
	if c.Quality < 0 || c.Quality > 100 {
		return options, fmt.Errorf("--quality %d is not between 1 and 100", c.Quality)
	}
	if c.Format == "" {
		return options, nil
	}
	format, err := fileFormat(c.Format)
	if err != nil {
		return options, fmt.Errorf("--format %w", err)
	}
	options.Format = format
	return options, nil
}

// convertPool allows far larger files and more time than a server does: the owner waits for
// their own files.
func convertPool(jobs int) (*worker.Pool, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find gip itself: %w", err)
	}
	return worker.New(worker.Config{
		Command:     []string{executable, "worker"},
		Workers:     min(runtime.NumCPU(), jobs),
		Policy:      transform.Policy{MaxSourcePixels: 500_000_000, MaxFrames: 2000, AVIFSpeed: 6, WebPEffort: 4, TIFF: true}.WithDefaults(),
		Deadline:    10 * time.Minute,
		MemoryLimit: 4 << 30,
		Log:         slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
}

func (c convertCommand) convertAll(ctx context.Context, pool *worker.Pool, options transform.Options, jobs []conversion) error {
	bar := c.progress(len(jobs))
	outcomes := make([]error, len(jobs))
	var group errgroup.Group
	group.SetLimit(pool.Workers())
	for i, job := range jobs {
		group.Go(func() error {
			outcomes[i] = job.run(ctx, pool, options, c.Force)
			_ = bar.Add(1)
			return nil
		})
	}
	_ = group.Wait()
	_ = bar.Finish()
	return report(jobs, outcomes)
}

// progress draws on a terminal only.
func (c convertCommand) progress(count int) *progressbar.ProgressBar {
	var target io.Writer = os.Stderr
	if c.Quiet || !term.IsTerminal(int(os.Stderr.Fd())) {
		target = io.Discard
	}
	return progressbar.NewOptions(count, progressbar.OptionSetWriter(target),
		progressbar.OptionSetDescription("converting"), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionOnCompletion(func() { fmt.Fprintln(target) }))
}

func report(jobs []conversion, outcomes []error) error {
	failed := 0
	for i, err := range outcomes {
		if err != nil {
			failed++
			fmt.Fprintf(os.Stderr, "%s: %v\n", jobs[i].in, err)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files were not converted", failed, len(jobs))
	}
	return nil
}
