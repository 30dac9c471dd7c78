package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTicks(t *testing.T) {
	rows := []struct {
		name string
		most float64
		want []float64
	}{
		{"just over a power", 1240, []float64{0, 500, 1000, 1500}},
		{"a small number", 6.1, []float64{0, 2, 4, 6, 8}},
		{"just under a power", 950, []float64{0, 200, 400, 600, 800, 1000}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := fromZero(row.most).ticks; !slices.Equal(got, row.want) {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestFigureLine(t *testing.T) {
	rows := []struct {
		name           string
		figure         figure
		ratio, verdict string
	}{
		{"more is better, ahead", figure{better: more, goal: 1.15, ours: 12, peer: 10, name: "p"}, "1.20 ×", pass},
		{"more is better, behind", figure{better: more, goal: 0.8, ours: 7, peer: 10, name: "p"}, "0.70 ×", belowGoal},
		{"less is better, ahead", figure{goal: 2.5, ours: 2, peer: 10, name: "p"}, "5.00 ×", pass},
		{"less is better, behind", figure{goal: 1, ours: 20, peer: 10, name: "p"}, "0.50 ×", belowGoal},
		{"without a peer", figure{goal: 1, ours: 20}, "–", noPeer},
		{"without a goal", figure{ours: 20, peer: 10, name: "p"}, "0.50 ×", noGoal},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.figure.format = "%.0f"
			if got := row.figure.line(); got.ratio != row.ratio || got.verdict != row.verdict {
				t.Errorf("got %q, %q; want %q, %q", got.ratio, got.verdict, row.ratio, row.verdict)
			}
		})
	}
}

// TestDrawing keeps the drawing self-contained: it is shown as an image.
func TestDrawing(t *testing.T) {
	curves := []curve{{"gip", []point{{1, 10, time.Millisecond, time.Second}, {64, 9, time.Second, time.Minute}}}}
	drawn := (&sheet{charts: []chart{rateChart("A & B", "x", "y", curves), latencyChart("c", "x", curves)}}).svg()
	for _, want := range []string{"A &amp; B", "gip p95", "stroke-dasharray", ">64<", `fill="#fdfdfb"`} {
		if !strings.Contains(drawn, want) {
			t.Errorf("no %s in %s", want, drawn)
		}
	}
	for _, not := range []string{"NaN", "Inf", "href", "<script"} {
		if strings.Contains(drawn, not) {
			t.Errorf("%s in %s", not, drawn)
		}
	}
}
