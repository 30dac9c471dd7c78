package main

import (
	"bytes"
	"image"
	_ "image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestConvert goes through files, folders and refusals with the real command.
func TestConvert(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, body []byte) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	jpg := write("in/a.jpg", jpegOf(t, 400, 300))
	write("in/deep/b.png", pngOf(t, 200, 100))
	write("in/notes.txt", []byte("not an image"))
	broken := write("broken.jpg", jpegOf(t, 400, 300)[:3000])

	t.Run("a file beside its input", func(t *testing.T) {
		runGip(t, true, "convert", jpg, "--width", "100")
		size(t, filepath.Join(folder, "in/a.min.jpg"), "jpeg", 100, 75)
		remove(t, filepath.Join(folder, "in/a.min.jpg"))
	})
	t.Run("never enlarges", func(t *testing.T) {
		out := filepath.Join(folder, "large.png")
		runGip(t, true, "convert", jpg, "-o", out, "--width", "4000")
		size(t, out, "png", 400, 300)
	})
	t.Run("never overwrites without --force", func(t *testing.T) {
		out := write("there.jpg", []byte("precious"))
		said := runGip(t, false, "convert", jpg, "-o", out)
		if kept, _ := os.ReadFile(out); string(kept) != "precious" || !strings.Contains(said, "--force") {
			t.Errorf("%q; it said %s", kept, said)
		}
		runGip(t, true, "convert", jpg, "-o", out, "--force", "--height", "30")
		size(t, out, "jpeg", 40, 30)
	})
	t.Run("a folder into a folder", func(t *testing.T) {
		out := filepath.Join(folder, "out")
		runGip(t, true, "convert", filepath.Join(folder, "in"), "-o", out, "--format", "png", "--width", "50")
		size(t, filepath.Join(out, "a.png"), "png", 50, 38)
		size(t, filepath.Join(out, "deep/b.png"), "png", 50, 25)
	})
	t.Run("quality matters, for webp too", func(t *testing.T) {
		low, high := filepath.Join(folder, "low.webp"), filepath.Join(folder, "high.webp")
		runGip(t, true, "convert", jpg, "-o", low, "--quality", "20")
		runGip(t, true, "convert", jpg, "-o", high, "--quality", "95")
		if length(t, low) >= length(t, high) {
			t.Errorf("quality 20 has %d bytes, quality 95 has %d", length(t, low), length(t, high))
		}
	})
	t.Run("every format by its name", func(t *testing.T) {
		for name, want := range map[string]transform.Format{
			"f.jxl": transform.JXL, "f.tif": transform.TIFF, "g.tiff": transform.TIFF, "f.GIF": transform.GIF, "f.avif": transform.AVIF, "f.JPG": transform.JPEG,
		} {
			out := filepath.Join(folder, "formats", name)
			runGip(t, true, "convert", jpg, "-o", out, "--width", "60")
			if body, err := os.ReadFile(out); transform.Sniff(body) != want {
				t.Errorf("%s is %s, %v", name, transform.Detect(body), err)
			}
		}
		runGip(t, true, "convert", filepath.Join(folder, "formats/f.jxl"), "-o", filepath.Join(folder, "back.png"))
		size(t, filepath.Join(folder, "back.png"), "png", 60, 45)
		scan, err := os.ReadFile(filepath.Join(folder, "formats/f.tif"))
		if err != nil {
			t.Fatal(err)
		}
		write("scans/page.TIFF", scan)
		runGip(t, true, "convert", filepath.Join(folder, "scans"), "-o", filepath.Join(folder, "pages"), "--format", "png", "--width", "30")
		size(t, filepath.Join(folder, "pages/page.png"), "png", 30, 23)
		if said := runGip(t, false, "convert", jpg, "-o", filepath.Join(folder, "f.bmp")); !strings.Contains(said, "jpeg, png, webp, avif, gif, tiff, jxl") {
			t.Errorf("it said %s", said)
		}
	})
	t.Run("one broken file does not stop the others", func(t *testing.T) {
		out := filepath.Join(folder, "some")
		said := runGip(t, false, "convert", broken, jpg, "-o", out)
		if !strings.Contains(said, "broken.jpg") || !strings.Contains(said, "1 of 2") {
			t.Errorf("it said %s", said)
		}
		size(t, filepath.Join(out, "a.jpg"), "jpeg", 400, 300)
	})
	t.Run("a folder beside its inputs, twice", func(t *testing.T) {
		inside := filepath.Join(folder, "album")
		write("album/c.jpg", jpegOf(t, 60, 40))
		write("album/.hidden.jpg", jpegOf(t, 60, 40))
		runGip(t, true, "convert", inside, "--width", "30")
		runGip(t, true, "convert", inside, "--width", "30", "--force")
		if made, _ := filepath.Glob(filepath.Join(inside, "*.min*")); len(made) != 1 {
			t.Errorf("made %v", made)
		}
		if hidden, _ := filepath.Glob(filepath.Join(inside, ".*.min*")); len(hidden) != 0 {
			t.Errorf("converted %v", hidden)
		}
	})
	t.Run("mistakes", func(t *testing.T) {
		for _, arguments := range [][]string{
			{jpg, "--quality", "101"}, {jpg, "--format", "bmp"}, {jpg, "--width", "-3"}, {filepath.Join(folder, "nothing.jpg")},
			{jpg, "-o", filepath.Join(folder, "x.png"), "--format", "webp"},
			{jpg, "-o", filepath.Join(folder, "x.wepb")}, {jpg, broken, "-o", filepath.Join(folder, "x.jpg")},
		} {
			if said := runGip(t, false, append([]string{"convert"}, arguments...)...); said == "" {
				t.Errorf("%v: said nothing", arguments)
			}
		}
	})
}

// TestImagify: the same command by its other name.
func TestImagify(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "imagify")
	if err := os.Symlink(binary, link); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(folder, "a.jpg")
	if err := os.WriteFile(in, jpegOf(t, 80, 60), 0o600); err != nil {
		t.Fatal(err)
	}
	was := binary
	binary = link
	defer func() { binary = was }()
	runGip(t, true, in, "--width", "40")
	size(t, filepath.Join(folder, "a.min.jpg"), "jpeg", 40, 30)
}

func runGip(t *testing.T, succeeds bool, arguments ...string) string {
	t.Helper()
	out, err := gip(t, nil, arguments...)
	if (err == nil) != succeeds {
		t.Errorf("gip %v: %v\n%s", arguments, err, out)
	}
	return out
}

func size(t *testing.T, path, wantFormat string, width, height int) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	got, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || format != wantFormat || got.Width != width || got.Height != height {
		t.Errorf("%s is %s %d × %d (%v), want %s %d × %d", filepath.Base(path), format, got.Width, got.Height, err, wantFormat, width, height)
	}
}

func length(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
