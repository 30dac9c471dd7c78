package main

import (
	"bytes"
	"encoding/base64"
	encoding "encoding/binary" // binary is the program under test
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "golang.org/x/image/webp"
)

// cameraJPEG is a photograph lying on its side, whose EXIF says who made it, with what
// (serial number included) and where.
func cameraJPEG(t testing.TB) []byte {
	file := jpegOf(t, 400, 300)
	block := append([]byte("Exif\x00\x00"), cameraEXIF()...)
	out := append([]byte{}, file[:2]...)
	out = encoding.BigEndian.AppendUint16(append(out, 0xff, 0xe1), uint16(len(block)+2))
	return append(append(out, block...), file[2:]...)
}

func cameraEXIF() []byte {
	type entry struct {
		tag, kind uint16
		value     []byte
	}
	text := func(s string) []byte { return append([]byte(s), 0) }
	long := func(v ...uint32) (b []byte) {
		for _, n := range v {
			b = encoding.BigEndian.AppendUint32(b, n)
		}
		return b
	}
	sizes := map[uint16]int{2: 1, 3: 2, 4: 4, 5: 8}
	var out []byte
	directory := func(at int, entries ...entry) {
		behind := at + 2 + 12*len(entries) + 4
		head, values := encoding.BigEndian.AppendUint16(nil, uint16(len(entries))), []byte{}
		for _, e := range entries {
			head = encoding.BigEndian.AppendUint16(encoding.BigEndian.AppendUint16(head, e.tag), e.kind)
			head = encoding.BigEndian.AppendUint32(head, uint32(len(e.value)/sizes[e.kind]))
			if len(e.value) <= 4 {
				head = append(head, append(e.value, make([]byte, 4-len(e.value))...)...)
			} else {
				head = encoding.BigEndian.AppendUint32(head, uint32(behind+len(values)))
				values = append(values, e.value...)
			}
		}
		out = append(append(append(out, make([]byte, at-len(out))...), append(head, 0, 0, 0, 0)...), values...)
	}
	out = []byte("MM\x00*\x00\x00\x00\x08")
	directory(8, entry{0x010f, 2, text("Canon")}, entry{0x0110, 2, text("EOS R5")}, entry{0x0112, 3, []byte{0, 6}},
		entry{0x8298, 2, text("Ada Lovelace")}, entry{0x8769, 4, long(400)}, entry{0x8825, 4, long(800)})
	directory(400, entry{0x829a, 5, long(1, 250)}, entry{0x829d, 5, long(28, 10)}, entry{0x8827, 3, []byte{1, 0x90}},
		entry{0xa431, 2, text("SERIAL-4711")})
	directory(800, entry{1, 2, text("N")}, entry{2, 5, long(48, 1, 51, 1, 24, 1)}, entry{29, 2, text("2026:01:02")})
	return out
}

// gallery is an origin of four images under /photo.
func gallery(t testing.TB) *httptest.Server {
	t.Helper()
	var clear, moving bytes.Buffer
	logo := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for i := range 60 * 20 {
		logo.SetNRGBA(i%60, i/60, color.NRGBA{0, 0, 255, 255})
	}
	frame := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.NRGBA{255, 0, 0, 255}, color.Black})
	animation := gif.GIF{Image: []*image.Paletted{frame, frame, frame}, Delay: []int{5, 5, 5}}
	if png.Encode(&clear, logo) != nil || gif.EncodeAll(&moving, &animation) != nil {
		t.Fatal("an encoder failed")
	}
	files := map[string][]byte{
		"/photo/camera.jpg": cameraJPEG(t), "/photo/logo.png": clear.Bytes(), "/photo/moving.gif": moving.Bytes(),
		"/photo/half.jpg": jpegOf(t, 400, 300)[:9000],
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := files[r.URL.Path]
		if !known {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(body)
	}))
	t.Cleanup(server.Close)
	return server
}

func serveGallery(t testing.TB) (p *process, origin string) {
	t.Helper()
	o := gallery(t)
	file := filepath.Join(t.TempDir(), "gip.yaml")
	yaml := "sites: [{name: blog, sources: ['" + o.URL + "/photo']}]\n"
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	return serveProcess(t, onlyLoopback1, "GIP_CONFIG="+file), o.URL + "/photo/"
}

// about puts /info before the path of an address.
func (p *process) about(address string) string {
	return strings.Replace(address, p.base, p.base+"/info", 1)
}

// knowledge is what the tests read of the answer.
type knowledge struct {
	Format, ColorSpace, DominantColor, BlurHash, ThumbHash, PerceptualHash, Placeholder string

	Width, Height, Orientation, Pages, Bytes int
	Alpha                                    bool
	Palette                                  []string
	EXIF                                     map[string]any
}

// TestInfoInAllForms: the same answer at an exact, a site's and a url's address, made once.
func TestInfoInAllForms(t *testing.T) {
	p, origin := serveGallery(t)
	camera := origin + "camera.jpg"
	token := p.sign("--site", "blog")
	addresses := []string{
		p.about(p.sign(camera, "w:100")),
		p.base + "/info/s/blog." + token + "/f:auto/plain/" + camera,
		p.about(p.sign("--site", "blog", camera)),
	}
	var first []byte
	for i, address := range addresses {
		response, body := p.get(address)
		if response.StatusCode != 200 || response.Header.Get("Content-Type") != "application/json" {
			t.Fatalf("%s: %d %v %s", address, response.StatusCode, response.Header, body)
		}
		if i == 0 {
			first = body
		} else if from := response.Header.Get("X-Gip-Cache"); from != "memory" || !bytes.Equal(body, first) {
			t.Errorf("%s: from %s: %s", address, from, body)
		}
	}
	var got knowledge
	if err := json.Unmarshal(first, &got); err != nil {
		t.Fatal(err)
	}
	if got.Format != "jpeg" || got.Width != 300 || got.Height != 400 || got.Orientation != 6 || got.Pages != 1 ||
		got.Alpha || got.ColorSpace != "rgb" || got.Bytes != len(cameraJPEG(t)) || len(got.Palette) < 2 || len(got.Palette) > 6 {
		t.Errorf("got %+v", got)
	}
	want := map[string]any{"Make": "Canon", "Model": "EOS R5", "Copyright": "Ada Lovelace", "ExposureTime": "1/250", "FNumber": 2.8, "ISO": 400.0}
	if fmt.Sprint(got.EXIF) != fmt.Sprint(want) {
		t.Errorf("EXIF %v, want %v", got.EXIF, want)
	}
	for _, private := range []string{"SERIAL", "4711", "GPS", "Latitude", "2026:01:02"} {
		if bytes.Contains(bytes.Split(first, []byte(`"averageColor"`))[0], []byte(private)) {
			t.Errorf("it holds %q: %s", private, first)
		}
	}
	if wrong, _ := p.get(strings.Replace(addresses[0], "w:100", "w:101", 1)); wrong.StatusCode != 403 {
		t.Errorf("another URL's signature: %d", wrong.StatusCode)
	}
}

func TestInfoOfOtherSources(t *testing.T) {
	p, origin := serveGallery(t)
	for _, row := range []struct {
		file string
		want knowledge
	}{
		{"logo.png", knowledge{Format: "png", Width: 60, Height: 40, Pages: 1, Alpha: true, DominantColor: "#0000ff"}},
		{"moving.gif", knowledge{Format: "gif", Width: 20, Height: 10, Pages: 3, DominantColor: "#ff0000"}},
	} {
		_, body := p.get(p.about(p.sign(origin + row.file)))
		var got knowledge
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatalf("%s: %s", row.file, body)
		}
		w := row.want
		if got.Format != w.Format || got.Width != w.Width || got.Height != w.Height || got.Pages != w.Pages ||
			got.Alpha != w.Alpha && w.Alpha || got.DominantColor != w.DominantColor {
			t.Errorf("%s: got %s", row.file, body)
		}
	}
	for file, status := range map[string]int{"half.jpg": 422, "missing.jpg": 404} {
		if response, body := p.get(p.about(p.sign(origin + file))); response.StatusCode != status {
			t.Errorf("%s: %d %s", file, response.StatusCode, body)
		}
	}
}

// TestPlaceholders: each is at an address of its own, also in a site's name.
func TestPlaceholders(t *testing.T) {
	p, origin := serveGallery(t)
	site := p.base + "/s/blog." + p.sign("--site", "blog")
	const text = "text/plain; charset=utf-8"
	for _, row := range []struct{ name, options, file, mediaType string }{
		{"lqip", "/ph:lqip", "camera.jpg", "image/webp"},
		{"lqip, negotiated", "/f:auto/ph:lqip", "camera.jpg", "image/jpeg"},
		{"lqip, transparent", "/ph:lqip", "logo.png", "image/webp"},
		{"lqip of an animation", "/ph:lqip", "moving.gif", "image/webp"},
		{"color", "/ph:color", "logo.png", "image/png"},
		{"blurhash", "/ph:blurhash", "camera.jpg", text},
		{"thumbhash", "/ph:thumbhash", "logo.png", text},
		{"data", "/ph:data", "camera.jpg", text},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := p.get(site + row.options + "/plain/" + origin + row.file)
			if response.StatusCode != 200 || response.Header.Get("Content-Type") != row.mediaType || len(body) > 1000 {
				t.Fatalf("%d %v %q", response.StatusCode, response.Header, body)
			}
			if response.Header.Get("X-Content-Type-Options") != "nosniff" || response.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("headers %v", response.Header)
			}
			checkSmall(t, row.mediaType, body)
		})
	}
	if response, body := p.get(site + "/ph:lqip/plain/" + origin + "half.jpg"); response.StatusCode != 422 {
		t.Errorf("broken data: %d %q", response.StatusCode, body)
	}
	if response, body := p.get(p.sign(origin+"logo.png", "rs:fill:200:200", "ph:lqip")); response.StatusCode == 200 {
		if decoded, _, err := image.DecodeConfig(bytes.NewReader(body)); err != nil || decoded.Width != decoded.Height {
			t.Errorf("a square's placeholder is %d × %d, %v", decoded.Width, decoded.Height, err)
		}
	} else {
		t.Errorf("an exact placeholder: %d %q", response.StatusCode, body)
	}
}

func checkSmall(t *testing.T, mediaType string, body []byte) {
	t.Helper()
	if encoded, found := strings.CutPrefix(string(body), "data:image/webp;base64,"); found {
		decoded, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		mediaType, body = "image/webp", decoded
	}
	if strings.HasPrefix(mediaType, "text/") {
		return
	}
	decoded, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || "image/"+format != mediaType || max(decoded.Width, decoded.Height) > 24 {
		t.Errorf("%s of %d × %d, %v", format, decoded.Width, decoded.Height, err)
	}
}
