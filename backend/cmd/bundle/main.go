// Command bundle turns the TypeScript of this repository into the scripts that the binary serves
// and the modules of the npm packages, with esbuild as a library: building the product needs no
// Node. Run it at the repository's root:
//
//	go run ./backend/cmd/bundle
//
// With the argument examples it bundles the pages in examples/ instead; those have frameworks in
// them, which npm installs.
//
// It prints each script's size, raw and gzipped. It checks and writes no types (tsc does) and
// checks no budgets (size-limit does).
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	build := run
	if len(os.Args) == 2 && os.Args[1] == "examples" {
		build = runExamples
	}
	if err := build(".", os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(root string, out io.Writer) error {
	for _, library := range libraries() {
		if err := library.bundle(root); err != nil {
			return err
		}
	}
	for _, script := range append(scripts(), samples()...) {
		size, err := script.bundle(root)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-24s %6d B %6d B gzipped\n", script.out, size.raw, size.gzipped)
	}
	return nil
}

func runExamples(root string, out io.Writer) error {
	for _, script := range examples() {
		size, err := script.bundleWhole(root)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-24s %6d B %6d B gzipped\n", script.out, size.raw, size.gzipped)
	}
	return nil
}
