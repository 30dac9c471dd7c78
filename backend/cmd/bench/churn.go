package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// givenBack is the least part of a burst that the memory layer must give back. Go keeps some
// freed pages for itself, so it cannot be all.
const givenBack = 0.8

// churnRow runs the memory layer's own Go benchmark: this command may not import the layer.
func (b *bench) churnRow(ctx context.Context) ([]line, error) {
	what := fmt.Sprintf("resident memory over %d inserts and deletes in the memory layer", b.churn)
	command := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "MemoryBurst", "-benchtime", fmt.Sprintf("%dx", b.churn), "./backend/cache") //nolint:gosec // a number
	command.Dir = b.module
	out, err := command.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("go test: %w: %.300s", err, out)
	}
	before, peak, after := metric(out, "MB-before"), metric(out, "MB-peak"), metric(out, "MB-after")
	if before == 0 || peak == 0 || after == 0 {
		return nil, fault.New(fault.Internal, "go test said: %.300s", out)
	}
	back := (peak - after) / max(peak-before, 1)
	numbers := fmt.Sprintf("%.0f → %.0f → %.0f MB (%.0f %% of the burst)", before, peak, after, back*100)
	return []line{judged(what+": before, full, emptied", "≥ 80 % of the burst given back", numbers, back >= givenBack)}, nil
}

// metric finds "NUMBER UNIT" in the output of a Go benchmark.
func metric(out []byte, unit string) float64 {
	fields := strings.Fields(string(out))
	for i, field := range fields {
		if field == unit && i > 0 {
			value, _ := strconv.ParseFloat(fields[i-1], 64)
			return value
		}
	}
	return 0
}
