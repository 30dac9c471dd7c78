package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// Markers of the part of performance.md that is ours to replace.
const (
	beginMark = "<!-- bench -->"
	endMark   = "<!-- /bench -->"
)

// report is all that a run found.
type report struct {
	machine []string
	scene   string
	lines   []line
	notes   []string
	plot    *sheet
	began   time.Time
	took    time.Duration
}

func (r *report) markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "Measured on %s in %v.\n\n", r.began.UTC().Format("2006-01-02 15:04 UTC"), r.took.Round(time.Second))
	for _, each := range r.machine {
		fmt.Fprintf(&out, "- %s\n", each)
	}
	fmt.Fprintf(&out, "- %s\n", r.scene)
	for _, each := range r.notes {
		fmt.Fprintf(&out, "- %s\n", each)
	}
	out.WriteString("\nThe ratio is in gip's favour where it is above 1, whether more or less is better.\n\n")
	writeTable(&out, r.lines)
	fmt.Fprintf(&out, "\n%s\n", r.verdict())
	if r.plot != nil {
		out.WriteString("\n![Throughput and latency against widths per source and against clients](performance.svg)\n")
	}
	return out.String()
}

// verdict counts, so that nobody has to.
func (r *report) verdict() string {
	count := map[string]int{}
	for _, each := range r.lines {
		count[each.verdict]++
	}
	text := fmt.Sprintf("%d goals met, %d not", count[pass], count[belowGoal])
	if n := count[noPeer]; n > 0 {
		text += fmt.Sprintf(", %d lines without a peer", n)
	}
	if n := count["failed"]; n > 0 {
		text += fmt.Sprintf(", %d rows failed", n)
	}
	return text + "."
}

// writeTo replaces our part of the folder's performance.md, and the drawing beside it.
func (r *report) writeTo(folder string) error {
	path := filepath.Join(folder, "performance.md")
	text, err := os.ReadFile(path) //nolint:gosec // the user's own folder
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(text), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fault.New(fault.Invalid, "%s has no %s … %s", path, beginMark, endMark)
	}
	page := before + beginMark + "\n" + r.markdown() + endMark + after
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil { //nolint:gosec // a page of the docs
		return err
	}
	if r.plot == nil {
		return nil
	}
	return os.WriteFile(filepath.Join(folder, "performance.svg"), []byte(r.plot.svg()), 0o644) //nolint:gosec // as above
}
