package main

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func gifOf(t testing.TB, width, height, frames int) []byte {
	t.Helper()
	file := gif.GIF{LoopCount: 4}
	for i := range frames {
		frame := image.NewPaletted(image.Rect(0, 0, width, height), palette.Plan9)
		for j := range frame.Pix {
			frame.Pix[j] = uint8(30*i + j%7)
		}
		file.Image, file.Delay = append(file.Image, frame), append(file.Delay, 5+i%9)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &file); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestAnimations goes from the URL to the frames, and through a restart to the disk cache.
func TestAnimations(t *testing.T) {
	folder := t.TempDir()
	for name, frames := range map[string]int{"short.gif": 6, "long.gif": 30} {
		if err := os.WriteFile(filepath.Join(folder, name), gifOf(t, 64, 48, frames), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder, "GIP_MAX_FRAMES=20")
	short, long := p.sign("local:///short.gif", "w:32"), p.sign("local:///long.gif", "w:32")
	if response, body := p.get(short); response.Header.Get("X-Gip-Animation") != "" || framesOf(t, body) != 6 {
		t.Errorf("%v: %d frames", response.Header, framesOf(t, body))
	}
	auto := p.sign("local:///short.gif", "w:32", "f:auto")
	if response, body := p.get(auto, "Accept", "image/avif,image/webp"); response.Header.Get("Content-Type") != "image/webp" || bytes.Count(body, []byte("ANMF")) != 6 {
		t.Errorf("auto: %v, %d frames", response.Header, bytes.Count(body, []byte("ANMF")))
	}
	still := func(from string) {
		t.Helper()
		response, body := p.get(long)
		said := response.Header.Get("X-Gip-Animation")
		if framesOf(t, body) != 1 || said != "first-frame; 30 frames are over the limit of 20" || response.Header.Get("X-Gip-Cache") != from {
			t.Errorf("%q from %q: %d frames", said, response.Header.Get("X-Gip-Cache"), framesOf(t, body))
		}
	}
	still("miss")
	still("memory")
	if err := p.stop(syscall.SIGTERM); err != nil { // it waits for the disk
		t.Fatal(err)
	}
	p.start()
	long = p.base + long[strings.Index(long[8:], "/")+8:]
	still("disk")
}

func TestConvertAnimations(t *testing.T) {
	folder := t.TempDir()
	in, webp, small := filepath.Join(folder, "a.gif"), filepath.Join(folder, "a.webp"), filepath.Join(folder, "b.gif")
	if err := os.WriteFile(in, gifOf(t, 64, 48, 5), 0o600); err != nil {
		t.Fatal(err)
	}
	runGip(t, true, "convert", in, "-o", webp)
	runGip(t, true, "convert", webp, "-o", small, "--width", "20")
	body, err := os.ReadFile(small)
	if err != nil || framesOf(t, body) != 5 {
		t.Errorf("%d frames, %v", framesOf(t, body), err)
	}
}

func framesOf(t testing.TB, body []byte) int {
	t.Helper()
	file, err := gif.DecodeAll(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return len(file.Image)
}
