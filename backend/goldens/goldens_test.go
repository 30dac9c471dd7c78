// Package goldens holds fast what every option of the grammar does to a picture, from its URL
// to its bytes: parsed, keyed, fetched from drawn sources, planned and made in a real worker
// process. It is nothing but tests.
package goldens

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/buckket/go-blurhash"
	"github.com/galdor/go-thumbhash"
	_ "golang.org/x/image/tiff"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
	"github.com/gip4all/gip4all/backend/worker/child"
)

var update = flag.Bool("update", false, "write what results are now into goldens.json")

const file = "testdata/goldens.json"

// TestMain makes the test's own binary the program that the pool starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		if err := child.Main(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestGoldens makes every row, compares it with its golden, and every golden with all others:
// an option whose result looks like that of another one is not proved by it.
func TestGoldens(t *testing.T) {
	k := newKitchen(t)
	made, sheet := map[string]fingerprint{}, []cell(nil)
	for _, row := range table() {
		picture, print := k.make(t, row)
		if _, twice := made[row.name()]; twice {
			t.Errorf("%s is there twice", row.name())
		}
		made[row.name()] = print
		sheet = append(sheet, cell{row.name(), print, picture})
	}
	distinct(t, made)
	if *update {
		save(t, made)
	}
	compare(t, made)
	writeSheet(t, sheet)
}

// TestEveryOptionHasAGolden compares with the grammar's own table.
func TestEveryOptionHasAGolden(t *testing.T) {
	var shown []string
	for _, row := range table() {
		for option := range strings.SplitSeq(row.options, "/") {
			name, _, _ := strings.Cut(option, ":")
			shown = append(shown, name)
		}
	}
	for _, name := range imageurl.Names() {
		if !slices.Contains(shown, name) {
			t.Errorf("option %s has no golden: add a row to table_test.go, run with -update, and look at it (make goldens)", name)
		}
	}
}

// distinct wants rows to be like what they say they are like, and like no other.
func distinct(t *testing.T, made map[string]fingerprint) {
	t.Helper()
	rows := table()
	for i, row := range rows {
		print := made[row.name()]
		if row.like != "" {
			like := golden{source: row.source, options: row.like}
			if how := print.differs(made[like.name()]); how != "" {
				t.Errorf("%s is not like %s: %s", row.name(), row.like, how)
			}
			continue
		}
		for _, other := range rows[:i] {
			if other.like == "" && print.differs(made[other.name()]) == "" {
				t.Errorf("%s cannot be told from %s", row.name(), other.name())
			}
		}
	}
}

func compare(t *testing.T, made map[string]fingerprint) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]fingerprint{}
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	for name, print := range made {
		if want, known := kept[name]; !known {
			t.Errorf("%s has no golden: run with -update, and look at it", name)
		} else if how := print.differsBy(want, keptBits); how != "" {
			t.Errorf("%s: %s", name, how)
		}
		delete(kept, name)
	}
	for name := range kept {
		t.Errorf("the golden of %s is nobody's: run with -update", name)
	}
}

// save writes one row a line, so that a change of one is a line in a diff.
func save(t *testing.T, made map[string]fingerprint) {
	t.Helper()
	var lines []string
	for name, print := range made {
		key, _ := json.Marshal(name)
		value, err := json.Marshal(print)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(key)+": "+string(value))
	}
	slices.Sort(lines)
	if err := os.WriteFile(file, []byte("{\n"+strings.Join(lines, ",\n")+"\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// inputs lets every format in.
var inputs = transform.Policy{SVG: true, SVGPass: true, TIFF: true, PDF: true}

// kitchen is all that makes an image of a URL, but for the server.
type kitchen struct {
	renderer *render.Renderer
	pool     *worker.Pool
}

func newKitchen(t *testing.T) *kitchen {
	t.Helper()
	pool, err := worker.New(worker.Config{Command: []string{os.Args[0], "worker"}, Workers: 1, TempDir: t.TempDir(), Policy: inputs})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	k := &kitchen{pool: pool}
	k.renderer, err = render.New(render.Config{Source: drawSources(t), Pixels: pool, Fallbacks: render.Fallbacks{Pictures: k}})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Get makes what stands in.
func (k *kitchen) Get(ctx context.Context, key string) (cache.Answer, error) {
	made, err := k.renderer.Load(ctx, key)
	return cache.Answer{Entry: made.Entry}, err
}

// make goes the way of a visitor's URL.
func (k *kitchen) make(t *testing.T, row golden) (image.Image, fingerprint) {
	t.Helper()
	source := row.source
	if source == "" {
		source = "card"
	}
	grammar := imageurl.Grammar{Presets: presets}
	request, err := grammar.Parse("/" + row.options + "/plain/local:///" + source)
	if err != nil {
		t.Fatal(err)
	}
	made, err := k.renderer.Load(t.Context(), row.negotiated(request).Key())
	if err != nil {
		t.Fatalf("%s: %v", row.name(), err)
	}
	picture, print, err := k.look(t.Context(), made.Entry)
	if err != nil {
		t.Fatalf("%s: %v", row.name(), err)
	}
	return picture, print
}

// look decodes an answer and measures it.
func (k *kitchen) look(ctx context.Context, e cache.Entry) (picture image.Image, print fingerprint, err error) {
	meta := transform.Meta{Pages: 1}
	switch e.MediaType {
	case "image/jpeg", "image/png", "image/tiff":
		picture, _, err = image.Decode(bytes.NewReader(e.Body))
	case "text/plain; charset=utf-8":
		picture, err = k.shown(ctx, string(e.Body))
	default: // Go's decoders know no AVIF, JPEG XL and animated WebP
		picture, meta, err = k.column(ctx, e.Body)
	}
	if err != nil {
		return nil, print, err
	}
	if print, err = takePrint(picture); err != nil {
		return nil, print, err
	}
	size := picture.Bounds().Size()
	print.Format, print.Bytes, print.Frames = e.MediaType, len(e.Body), meta.Pages
	print.Size = fmt.Sprintf("%d×%d", size.X, size.Y/meta.Pages)
	for what, word := range map[string]string{"author": authorWord, "camera": cameraWord, "profile": profileWord} {
		if bytes.Contains(e.Body, []byte(word)) {
			print.Holds = append(print.Holds, what)
		}
	}
	slices.Sort(print.Holds)
	return picture, print, nil
}

// column has the worker decode an image, with all frames one below the other.
func (k *kitchen) column(ctx context.Context, body []byte) (image.Image, transform.Meta, error) {
	o := transform.Options{Format: transform.PNG, Frames: transform.Frames{Pages: 100}}
	result, err := k.pool.Transform(ctx, transform.Job{Body: body, Options: o})
	if err != nil {
		return nil, transform.Meta{}, err
	}
	picture, err := png.Decode(bytes.NewReader(result.Body))
	return picture, result.Source, err
}

// shown is the picture that a placeholder's text stands for.
func (k *kitchen) shown(ctx context.Context, text string) (image.Image, error) {
	if _, data, found := strings.Cut(text, ";base64,"); found {
		body, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			return nil, err
		}
		picture, _, err := k.column(ctx, body)
		return picture, err
	}
	if _, err := base64.StdEncoding.DecodeString(text); err == nil {
		return thumbhash.DecodeImage(mustBase64(text))
	}
	return blurhash.Decode(text, 48, 32, 1)
}

func mustBase64(text string) []byte {
	data, _ := base64.StdEncoding.DecodeString(text) // the caller has tried
	return data
}
