package main

import (
	"fmt"
	"strings"
)

// line is one of the table, all words made.
type line struct {
	row                                    int
	work, goal, ours, peer, ratio, verdict string
}

// Verdicts.
const (
	pass      = "pass"
	belowGoal = "**below goal**"
	noPeer    = "no peer"
	noGoal    = "no goal"
)

// direction tells which of two numbers is better.
type direction bool

const (
	more direction = true
	less direction = false
)

// figure is a number of ours beside a peer's.
type figure struct {
	work   string
	better direction
	goal   float64 // least ratio, in our favour; 0: none
	format string  // how to print one number
	ours   float64
	peer   float64
	name   string // of the peer; empty: there was none
}

// line compares. The ratio is in our favour: above 1 means that gip is ahead, whether more or
// less is better.
func (f figure) line() line {
	l := line{work: f.work, ours: fmt.Sprintf(f.format, f.ours), peer: "–", ratio: "–", verdict: noPeer}
	l.goal = "–"
	if f.goal != 0 {
		l.goal = fmt.Sprintf("≥ %.4g ×", f.goal)
	}
	if f.name == "" {
		return l
	}
	ratio := f.ours / f.peer
	if f.better == less {
		ratio = f.peer / f.ours
	}
	l.peer = f.name + " " + fmt.Sprintf(f.format, f.peer)
	l.ratio = fmt.Sprintf("%.2f ×", ratio)
	switch {
	case f.goal == 0:
		l.verdict = noGoal
	case ratio >= f.goal:
		l.verdict = pass
	default:
		l.verdict = belowGoal
	}
	return l
}

// judged is a line whose goal is a fact, not a ratio.
func judged(work, goal, ours string, met bool) line {
	l := line{work: work, goal: goal, ours: ours, peer: "–", ratio: "–", verdict: belowGoal}
	if met {
		l.verdict = pass
	}
	return l
}

func writeTable(out *strings.Builder, lines []line) {
	out.WriteString("| # | Work | Goal | gip | Peer | Ratio | |\n|---|---|---|---|---|---|---|\n")
	for _, l := range lines {
		fmt.Fprintf(out, "| %d | %s | %s | %s | %s | %s | %s |\n", l.row, cell(l.work), cell(l.goal), cell(l.ours), cell(l.peer), cell(l.ratio), l.verdict)
	}
}

// cell keeps a text inside its cell.
func cell(text string) string {
	if text == "" {
		return "–"
	}
	return strings.NewReplacer("|", "\\|", "\n", " ").Replace(text)
}
