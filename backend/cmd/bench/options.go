package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// options is what the command line says, and the sizes that follow from -short.
type options struct {
	gip    string // the binary
	photos string // folder of photographs; empty: painted ones
	rows   []int
	write  string // folder of performance.md; empty: standard output only
	short  bool
	peers  []peerAddress
	module string // folder of go.mod, where the memory row's Go benchmark is run

	scale
}

// peerAddress is another image server that is already running.
type peerAddress struct{ name, base, key, salt string }

// scale is how much is measured. A short run only shows that everything works.
type scale struct {
	rounds    int           // of which the median is taken
	hotTime   time.Duration // of one hot measurement; wrk takes whole seconds
	slow      time.Duration // how long a slow origin takes
	visitors  int           // clients that ask for one variant at once
	fromDisk  int           // distinct variants of the disk row
	churn     int           // entries of the memory row
	widths    []int         // widths per source, of the plots
	clients   []int         // of the cold plot
	hotClient []int         // of the hot plot
	images    int           // at least as many for each point of the cold plots
}

// full has the numbers of the goals; the rest is what keeps a run below half an hour.
func full() scale {
	return scale{
		rounds: 3, hotTime: 4 * time.Second, slow: 4 * time.Second, visitors: 100, fromDisk: 2000, churn: 1_000_000,
		widths: []int{1, 2, 4, 8, 16}, clients: []int{1, 2, 4, 8}, hotClient: []int{1, 2, 4, 8, 16, 32, 64}, images: 24,
	}
}

func brief() scale {
	return scale{
		rounds: 1, hotTime: 100 * time.Millisecond, slow: 300 * time.Millisecond, visitors: 20, fromDisk: 20, churn: 20_000,
		widths: []int{1, 2}, clients: []int{1, 2}, hotClient: []int{1, 8}, images: 4,
	}
}

func parseOptions(arguments []string, usage io.Writer) (options, error) {
	o := options{scale: full()}
	set := flag.NewFlagSet("bench", flag.ContinueOnError)
	set.SetOutput(usage)
	imgproxy, imagor := peerAddress{name: "imgproxy"}, peerAddress{name: "imagor"}
	rows := set.String("rows", "", "numbers of the rows to measure, for example 1,4,8; 10 draws the plots (default all)")
	set.StringVar(&o.gip, "gip", "bin/gip", "the gip `binary`")
	set.StringVar(&o.photos, "photos", "", "`folder` of JPEG photographs (default: painted ones)")
	set.StringVar(&o.write, "write", "", "`folder` of performance.md and performance.svg to write to")
	set.BoolVar(&o.short, "short", false, "a run of about a minute that shows that everything works")
	set.StringVar(&o.module, "module", ".", "`folder` of go.mod")
	rounds := set.Int("rounds", 0, "rounds to take the median of (default 3)")
	set.StringVar(&imgproxy.base, "imgproxy", "", "`address` of an imgproxy that accepts loopback sources")
	set.StringVar(&imgproxy.key, "imgproxy-key", "", "its `hex` key (default: it is asked with /insecure/)")
	set.StringVar(&imgproxy.salt, "imgproxy-salt", "", "its `hex` salt")
	set.StringVar(&imagor.base, "imagor", "", "`address` of an imagor that accepts /unsafe/")
	if err := set.Parse(arguments); err != nil {
		return o, err
	}
	if o.short {
		o.scale = brief()
	}
	if *rounds > 0 {
		o.rounds = *rounds
	}
	for _, peer := range []peerAddress{imgproxy, imagor} {
		if peer.base = strings.TrimRight(peer.base, "/"); peer.base != "" {
			o.peers = append(o.peers, peer)
		}
	}
	var err error
	o.rows, err = parseRows(*rows)
	return o, err
}

// parseRows gives the rows in the order of the table; an empty text means all.
func parseRows(text string) ([]int, error) {
	var numbers []int
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		number, err := strconv.Atoi(field)
		if err != nil || number < 1 || number > len(allRows()) {
			return nil, fault.New(fault.Invalid, "-rows: %q is not a number from 1 to %d", field, len(allRows()))
		}
		numbers = append(numbers, number)
	}
	if numbers == nil {
		for i := range allRows() {
			numbers = append(numbers, i+1)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

func (o options) String() string {
	return fmt.Sprintf("%d rounds, medians; hot rows %v a measurement; 2 clients unless a row says otherwise", o.rounds, o.hotTime)
}
