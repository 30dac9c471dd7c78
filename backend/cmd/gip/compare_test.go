package main

import (
	"bytes"
	goflag "flag"
	"fmt"
	"image"
	_ "image/gif" // decoders for what the servers answer
	_ "image/jpeg"
	_ "image/png"
	"path/filepath"
	"strings"
	"testing"

	_ "golang.org/x/image/webp"
)

var (
	peer   = goflag.String("peer", "", "URL of an imgproxy that takes unsigned URLs, for BenchmarkPeer")
	photos = goflag.String("photos", "", "folder of JPEGs, which the peer serves as local:///NAME, for BenchmarkPeer")
)

// compared are the options of 40 URLs that mean the same to both. Lossless answers are
// compared but for the last: with losses, each server's encoder has its say as well.
func compared() []string {
	lossless := []string{
		"rs:fit:300:200", "rs:fit:640:0", "rs:fill:300:200", "rs:fill:300:200/g:no", "rs:fill:300:200/g:soea",
		"rs:fill:300:200/g:fp:0.3:0.7", "rs:fill:200:300/g:no:0:20", "rs:force:300:200", "rs:auto:300:200", "rs:auto:200:300",
		"rs:fill-down:300:5000", "w:333", "h:333", "w:333/dpr:2", "rs:fill:333:111/dpr:1.5",
		"mw:500/w:100", "mh:600/h:100", "w:100/z:2", "c:400:300/w:9000", "c:1000:700/w:200",
		"c:0.5:0.5/w:200", "c:0.5:0.3:nowe/w:201", "c:1000:1000:fp:0.2:0.2/rs:fill:100:150", "c:800:600/rot:90/w:100", "s:400:400",
		"rot:90/w:200", "rot:270/rs:fill:100:300", "fl:1:0/w:200", "ar:0/w:150", "rs:fill:300:200/ex:1",
		"rs:fit:300:300/ex:1:no", "rs:fit:400:400/exar:1", "w:100/pd:10:20:30:40/bg:255:0:0", "w:100/dpr:2/pd:5", "bl:3/w:200",
		"sh:1/w:200", "pix:8/w:128",
	}
	var all []string
	for _, options := range lossless {
		all = append(all, options+"/f:png")
	}
	return append(all, "w:640/q:80/f:jpg", "w:640/q:80/f:webp", "w:200/f:gif")
}

// BenchmarkPeer asks an imgproxy and gip for the same images, and prints a table of how far
// sizes and pixels agree: make compare.
func BenchmarkPeer(b *testing.B) {
	if *peer == "" || *photos == "" {
		b.Skip("needs -peer, the URL of an imgproxy, and -photos, the folder of JPEGs that is its IMGPROXY_LOCAL_FILESYSTEM_ROOT")
	}
	names := photographs(b)
	p := serveProcess(b, "GIP_LOCAL_ROOT="+*photos, "GIP_INSECURE=true", "GIP_DISK_CACHE=0", "GIP_LOG_LEVEL=error")
	for b.Loop() {
		fmt.Print("\n| options | same size | mean ΔE | worst |\n|---|---|---|---|\n")
		for _, options := range compared() {
			fmt.Println(compareRow(b, p.base, options, names))
		}
	}
}

func photographs(b *testing.B) []string {
	b.Helper()
	found, err := filepath.Glob(filepath.Join(*photos, "*.jpg"))
	if err != nil || len(found) == 0 {
		b.Fatalf("no *.jpg in %s: %v", *photos, err)
	}
	for i, path := range found {
		found[i] = filepath.Base(path)
	}
	return found
}

// compareRow is one line of the table: how many sizes agree, and the colour difference of
// the pictures whose sizes do.
func compareRow(b *testing.B, base, options string, names []string) string {
	b.Helper()
	var sum, worst float64
	var same int
	var odd []string
	for _, name := range names {
		path := "/insecure/" + options + "/plain/local:///" + name
		theirs, ours := answered(b, *peer+path), answered(b, base+path)
		if theirs.Bounds().Size() != ours.Bounds().Size() {
			odd = append(odd, fmt.Sprintf("%s: gip %v, imgproxy %v", name, ours.Bounds().Size(), theirs.Bounds().Size()))
			continue
		}
		distance := meanDeltaE(theirs, ours)
		sum, worst, same = sum+distance, max(worst, distance), same+1
	}
	return fmt.Sprintf("| `%s` | %d of %d | %.2f | %.2f |%s", options, same, len(names), sum/float64(max(same, 1)), worst, notes(odd))
}

// notes go behind the table's last column, where Markdown leaves them out: for who reads the output.
func notes(odd []string) string {
	if len(odd) == 0 {
		return ""
	}
	return " " + strings.Join(odd, "; ")
}

func answered(b *testing.B, address string) image.Image {
	b.Helper()
	response, body, err := fetch(address)
	if err != nil {
		b.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(body))
	if response.StatusCode != 200 || err != nil {
		b.Fatalf("%s: %d %.200s: %v", address, response.StatusCode, body, err)
	}
	return img
}

// TestComparedURLs: the table has as many lines as its heading in the docs says, each once.
func TestComparedURLs(t *testing.T) {
	seen := map[string]bool{}
	for _, options := range compared() {
		seen[options] = true
	}
	if len(seen) != 40 || len(compared()) != 40 {
		t.Errorf("%d URLs, %d different, want 40", len(compared()), len(seen))
	}
}
