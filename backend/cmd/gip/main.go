// Command gip is the image server and its tools in one binary: serve, demo, convert, sign, purge,
// warm and version. Started under the name imagify it is gip convert.
//
// The promise: what it is told wrong it says at once, all of it, and exits with status 2;
// what fails while it runs exits with 1.
//
// It holds no logic of its own: it reads settings, wires the packages together and prints.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"
)

// version is set by the build: -ldflags "-X main.version=…".
var version = "dev"

type commands struct {
	Serve   serveCommand   `cmd:"" passthrough:"" help:"Start the image server."`
	Demo    demoCommand    `cmd:"" help:"Start an ordinary web site whose images go through gip."`
	Convert convertCommand `cmd:"" help:"Convert and resize image files."`
	Sign    signCommand    `cmd:"" help:"Print a signed URL, a site's token, its tag or its worker shim."`
	Purge   purgeCommand   `cmd:"" help:"Have the running server forget what it keeps of a source, a site or an image."`
	Warm    warmCommand    `cmd:"" help:"Have a running server make images before the first visitor asks."`
	Worker  workerCommand  `cmd:"" hidden:"" help:"Make pixels for a server; started by it."`
	Version versionCommand `cmd:"" help:"Print the version."`

	ShowVersion kong.VersionFlag `name:"version" short:"v" help:"Print the version."`
}

func main() {
	if err := run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "gip: "+err.Error())
		var mistake usageError
		if errors.As(err, &mistake) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// usageError is a mistake in the command line or the settings.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func run(argv []string) error {
	args := argv[1:]
	if filepath.Base(argv[0]) == "imagify" {
		args = append([]string{"convert"}, args...)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var grammar commands
	parser, err := kong.New(&grammar, kong.Name("gip"), kong.UsageOnError(), kong.Vars{"demo_address": demoAddress, "version": "gip " + version},
		kong.Description("Makes every image on any web site the right size and format."))
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return usageError{err}
	}
	return parsed.Run()
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run() error {
	fmt.Println("gip " + version)
	return nil
}
