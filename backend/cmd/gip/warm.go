package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// warmCommand has a running server make images before the first visitor asks.
type warmCommand struct {
	Sources []string `arg:"" help:"The images' URLs: https://…, or local:///…. - reads them from standard input, one a line."`
	Site    string   `help:"The site whose URLs visitors will ask for; without it: exact URLs."`
	Widths  []int    `help:"Widths in pixels: 320,640. Without them: the site's, or the default ladder."`
	Formats []string `help:"Formats as in URLs; auto, which is the default, makes what each kind of browser gets."`
	Options []string `help:"Further options in URL form, as the URLs will have them: q:70."`
	Rate    float64  `help:"Sources a second at most; 0 is as fast as the server makes them."`
	Resume  string   `help:"A file that notes the sources that are done; what it names already is left out."`
	Quiet   bool     `help:"No progress bar."`
	Server  string   `help:"Address of the server, with GIP_ADMIN_TOKEN as it has it; else the one that runs with the data folder."`
	Data    string   `help:"The server's data folder (GIP_DATA)."`
	Config  string   `help:"The server's YAML file (GIP_CONFIG)."`
}

// Run asks for one source after the other; those that fail are named, and the others go on.
func (c warmCommand) Run() error {
	settings, err := folderSettings(c.Data, c.Config)
	if err != nil {
		return usageError{err}
	}
	sources, err := c.list(os.Stdin)
	if err != nil {
		return usageError{err}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.warm(ctx, settings, sources)
}

// list gives each source once, without those that are done.
func (c warmCommand) list(input io.Reader) ([]string, error) {
	if c.Rate < 0 {
		return nil, errors.New("--rate is below 0")
	}
	var sources []string
	for _, source := range c.Sources {
		if source != "-" {
			sources = append(sources, source)
			continue
		}
		lines, err := linesOf(input)
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		sources = append(sources, lines...)
	}
	done, err := c.done()
	if err != nil {
		return nil, err
	}
	return once(sources, done), nil
}

func once(sources []string, without map[string]bool) []string {
	return slices.DeleteFunc(sources, func(source string) bool {
		known := without[source]
		without[source] = true
		return known
	})
}

// done is what the file of --resume names.
func (c warmCommand) done() (map[string]bool, error) {
	done := map[string]bool{}
	if c.Resume == "" {
		return done, nil
	}
	file, err := os.Open(c.Resume)
	if errors.Is(err, os.ErrNotExist) {
		return done, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := linesOf(file)
	for _, line := range lines {
		done[line] = true
	}
	return done, err
}

func linesOf(input io.Reader) (lines []string, err error) {
	scanner := bufio.NewScanner(input)
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, scanner.Err()
}

func (c warmCommand) warm(ctx context.Context, settings config.Config, sources []string) error {
	server, err := runningServer(settings, c.Server)
	if err != nil {
		return err
	}
	note, err := c.noteTo()
	if err != nil {
		return err
	}
	defer note.Close()
	bar := c.progress(len(sources))
	var sum warmed
	for i, source := range sources {
		if i > 0 && !c.pace(ctx) {
			break
		}
		one, err := server.warm(ctx, warmOrder{[]string{source}, c.Site, c.Widths, c.Formats, c.Options})
		if err != nil {
			_ = bar.Exit()
			return err
		}
		if sum.add(one); one.Failed > 0 {
			fmt.Fprintf(os.Stderr, "%s: %s\n", source, one.Error)
		} else if _, err := fmt.Fprintln(note, source); err != nil {
			return err
		}
		_ = bar.Add(1)
	}
	_ = bar.Finish()
	return sum.report(ctx, len(sources))
}

// noteTo is the file of --resume, to which a line is added for each source.
func (c warmCommand) noteTo() (io.WriteCloser, error) {
	if c.Resume == "" {
		return os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	}
	return os.OpenFile(c.Resume, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// pace waits between two sources; false: it was interrupted.
func (c warmCommand) pace(ctx context.Context) bool {
	if c.Rate > 0 {
		select {
		case <-time.After(time.Duration(float64(time.Second) / c.Rate)):
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// progress draws on a terminal only.
func (c warmCommand) progress(count int) *progressbar.ProgressBar {
	var target io.Writer = os.Stderr
	if c.Quiet || !term.IsTerminal(int(os.Stderr.Fd())) {
		target = io.Discard
	}
	return progressbar.NewOptions(count, progressbar.OptionSetWriter(target),
		progressbar.OptionSetDescription("warming"), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true))
}
