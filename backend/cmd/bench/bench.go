package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// bench is one run: what is measured with, and what was found on the way.
type bench struct {
	options
	progress io.Writer
	folder   string // temporary
	origin   *origin
	photos   []photograph
	peers    []*server // other image servers
	wrk      string    // path of wrk; empty: our own client
	nginx    string    // path of nginx; empty: rows have no peer
	plot     *sheet    // drawn by the last row
	notes    []string
}

// row is one measurement: its lines in the table.
type row struct {
	name    string
	measure func(*bench, context.Context) ([]line, error)
}

// allRows in the order of the table; a row's number is its place, from 1.
func allRows() []row {
	return []row{
		{"one variant, cold", (*bench).coldRow},
		{"a srcset of one cold source", (*bench).setRow},
		{"many clients, one cold variant", (*bench).crowdRow},
		{"hot, from memory", (*bench).memoryRow},
		{"hot, from disk", (*bench).diskRow},
		{"304", (*bench).notModifiedRow},
		{"slow origins", (*bench).slowRow},
		{"AVIF, first view", (*bench).firstViewRow},
		{"memory given back", (*bench).churnRow},
		{"plots", (*bench).plotRow},
	}
}

func newBench(o options, progress io.Writer) (*bench, error) {
	b := &bench{options: o, progress: progress}
	b.wrk, _ = exec.LookPath("wrk")
	b.nginx, _ = findNginx()
	var err error
	if b.folder, err = os.MkdirTemp("", "gip-bench-"); err != nil {
		return nil, err
	}
	if err = b.prepare(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) prepare() error {
	var err error
	if b.photos, err = loadPhotos(b.options); err != nil {
		return err
	}
	if b.origin, err = startOrigin(b.slow); err != nil {
		return err
	}
	for _, address := range b.options.peers {
		peer, err := newPeer(address)
		if err != nil {
			return err
		}
		b.peers = append(b.peers, peer)
	}
	if b.nginx == "" {
		b.notes = append(b.notes, "nginx is not installed (Debian: nginx-light): the rows it is the peer of have none.")
	}
	return nil
}

func (b *bench) close() {
	if b.origin != nil {
		b.origin.close()
	}
	_ = os.RemoveAll(b.folder)
}

// measure goes through the rows. One that fails is a line that says so: it hides no other.
func (b *bench) measure(ctx context.Context) (*report, error) {
	began := time.Now()
	r := &report{machine: b.describeMachine(ctx), scene: b.describeRun(), began: began}
	for _, number := range b.rows {
		row := allRows()[number-1]
		fmt.Fprintf(b.progress, "%6.0fs  row %d: %s\n", time.Since(began).Seconds(), number, row.name)
		lines, err := row.measure(b, ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			lines = append(lines, line{work: row.name, ours: "failed: " + err.Error(), verdict: "failed"})
		}
		for _, each := range lines {
			each.row = number
			r.lines = append(r.lines, each)
		}
	}
	r.notes, r.plot, r.took = b.notes, b.plot, time.Since(began)
	return r, nil
}

// note is kept once, however many rounds meet it.
func (b *bench) note(text string) {
	for _, known := range b.notes {
		if known == text {
			return
		}
	}
	b.notes = append(b.notes, text)
}
