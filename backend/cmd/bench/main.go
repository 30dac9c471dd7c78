// Command bench measures gip beside other image servers, on the same photographs and in one
// run, and prints what came out as a Markdown table: goal, ours, theirs, ratio, and in words
// whether the goal is met. make bench runs it.
//
// The promise: it starts what it needs (an origin, gip, nginx) on free loopback ports in a
// temporary folder, and stops by process id what it started. The other image servers it is
// given by their addresses and leaves running. A row that is lost stays in the table.
//
// It builds nothing, judges no image's quality, and its clock is only as calm as the machine:
// servers take turns, medians are printed, and CPU time stands beside every wall-clock number.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out, progress io.Writer) error {
	o, err := parseOptions(arguments, progress)
	if err != nil {
		return err
	}
	b, err := newBench(o, progress)
	if err != nil {
		return err
	}
	defer b.close()
	report, err := b.measure(ctx)
	if err != nil {
		return err
	}
	fmt.Fprint(out, report.markdown())
	if o.write == "" {
		return nil
	}
	return report.writeTo(o.write)
}
