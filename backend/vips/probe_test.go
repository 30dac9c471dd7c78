package vips

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestRefused(t *testing.T) {
	e := start(t, transform.Policy{})
	photo := jpegFile(t, noisy(300, 200))
	sheet := rawPNG(100, 100, 8, 2, make([]byte, 30000))
	data := bytes.Index(sheet, []byte("IDAT"))
	garbage := append(bytes.Clone(sheet[:data+6]), bytes.Repeat([]byte{0x5a}, len(sheet)-data-6)...)
	giant := append([]byte("GIF89a\xe8\xfd\xe8\xfd\x80\x00\x00\x00\x00\x00\xff\xff\xff"),
		"!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\xe8\xfd\xe8\xfd\x00\x02\x02D\x01\x00;"...)
	animation := gifFile(t, 3)
	encoded := func(f transform.Format) []byte {
		return run(t, e, pngFile(t, noisy(300, 200)), transform.Options{Format: f}).body
	}
	half := func(file []byte) []byte { return file[:len(file)/2] }
	for _, row := range []struct {
		name  string
		file  []byte
		kind  fault.Kind
		names string
	}{
		{"nothing", nil, fault.Unsupported, "0 bytes"},
		{"eleven bytes", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), fault.Unsupported, "11 bytes"},
		{"pdf", []byte(smallPDF), fault.Unsupported, "application/pdf"},
		{"photoshop", []byte(smallPSD), fault.Unsupported, "image/vnd.adobe.photoshop"},
		{"tiff", []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00"), fault.Unsupported, "image/tiff"},
		{"svg", []byte(smallSVG), fault.Unsupported, "image/svg+xml"},
		{"html", []byte("<!DOCTYPE html><title>404</title>"), fault.Unsupported, "text/html"},
		{"a jpeg's first half", half(photo), fault.Broken, "JPEG data is broken"},
		{"a jpeg's header", photo[:200], fault.Broken, "JPEG data is broken"},
		{"a jpeg's magic bytes only", []byte("\xff\xd8\xffgarbage garbage"), fault.Broken, "JPEG data is broken"},
		{"a png of garbage", garbage, fault.Broken, "PNG data is broken"},
		{"a png's first half", sheet[:len(sheet)*2/3], fault.Broken, "PNG data is broken"},
		{"a gif's header", animation[:20], fault.Broken, "GIF data is broken"},
		{"a gif's first half", half(encoded(transform.GIF)), fault.Broken, "GIF data is broken"},
		{"a webp's first half", half(encoded(transform.WebP)), fault.Broken, "WebP data is broken"},
		{"an avif's first half", half(encoded(transform.AVIF)), fault.Broken, "AVIF data is broken"},
		{"a webp's header", []byte("RIFF\x10\x00\x00\x00WEBPVP8 \x00\x00\x00\x00"), fault.Broken, "WebP data is broken"},
		{"an avif's header", []byte("\x00\x00\x00\x14ftypavif\x00\x00\x00\x00mif1"), fault.Broken, "AVIF data is broken"},
		{"a gif of 62 bytes that says it is giant", giant, fault.TooLarge, "65000×65000"},
		{"a png that says it is giant", rawPNG(20000, 20000, 8, 2, make([]byte, 20000)), fault.TooLarge, "20000×20000"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for name, o := range map[string]transform.Options{
				"as it is": {},
				"resized":  {Width: 10},
				"cut":      {Crop: transform.Crop{Width: .5}, Width: 5, Format: transform.WebP},
			} {
				_, err := try(e, row.file, o)
				if err == nil || fault.KindOf(err) != row.kind || !strings.Contains(fault.Message(err), row.names) {
					t.Errorf("%s: got %v (%v), want %v naming %q", name, err, fault.KindOf(err), row.kind, row.names)
				}
			}
		})
	}
}

func TestSVG(t *testing.T) {
	e := start(t, transform.Policy{SVG: true})
	t.Cleanup(func() { start(t, transform.Policy{}) }) // block it again for the other tests
	svg := func(inner string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">` + inner + `</svg>`
	}
	laughs := `<g id="a0"><path d="M0 0"/></g>`
	for i := range 9 {
		level := `<use xlink:href="#a` + string(rune('0'+i)) + `"/>`
		laughs += `<g id="a` + string(rune('1'+i)) + `">` + strings.Repeat(level, 5) + `</g>`
	}
	chain := func(last, level string) string { // each level holds two of the one before
		for i := range 16 {
			last += strings.NewReplacer("NEXT", "a"+strconv.Itoa(i+1), "LAST", "a"+strconv.Itoa(i)).Replace(level)
		}
		return last
	}
	for _, row := range []struct {
		name, file string
		kind       fault.Kind
		names      string // empty: accepted
	}{
		{"a rectangle", svg(`<rect width="40" height="20" fill="#00f"/>`), 0, ""},
		{"used twice", svg(`<defs><rect id="r" width="40" height="20" fill="#00f"/></defs><use href="#r"/><use href="#r"/>`), 0, ""},
		{"a word about filters", svg(`<title>filter coffee</title><rect width="40" height="20" fill="#00f"/>`), 0, ""},
		{"a picture", svg(`<image href="file:///etc/hostname"/>`), fault.Unsupported, "image"},
		{"a filter", svg(`<filter id="f"/>`), fault.Unsupported, "filter"},
		{"a filter as attribute", svg(`<rect filter="blur(50px)"/>`), fault.Unsupported, "filter"},
		{"a filter as style", svg(`<rect style="FILTER:blur(50px)"/>`), fault.Unsupported, "filter"},
		{"a filter in a sheet", svg(`<style>rect{filter:blur(50px)}</style>`), fault.Unsupported, "filter"},
		{"a doctype", `<!DOCTYPE svg SYSTEM "a.dtd">` + svg(""), fault.Unsupported, "DOCTYPE"},
		{"a use that multiplies", svg(laughs), fault.Unsupported, "use"},
		{"a use of itself", svg(`<g id="a"><use href="#a"/></g>`), fault.Unsupported, "use"},
		{"uses that have ids", svg(chain(`<g id="a0"/>`, `<use id="uLAST" href="#LAST"/><g id="NEXT"><use href="#uLAST"/><use href="#uLAST"/></g>`)), fault.Unsupported, "use"},
		{"uses with spaces", svg(chain(`<g id="a0"/>`, `<g id="NEXT"><use href=" #LAST"/><use href="&#10;#LAST "/></g>`)), fault.Unsupported, "use"},
		{"uses that name two", svg(chain(`<g id="a0"/>`, `<g id="NEXT"><use href="#LAST" xlink:href="#b"/><use href="#LAST" xlink:href="#b"/></g>`)), fault.Unsupported, "use"},
		{"uses under one id", svg(chain(`<g id="a0"/>`, `<g id="b"><g id="NEXT"><g id="b"><use href="#LAST"/><use href="#LAST"/></g></g></g>`)), fault.Unsupported, "use"},
		{"masks that multiply", svg(chain(`<mask id="a0"/>`, `<mask id="NEXT"><g mask="url(#LAST)"><rect mask="url(#LAST)"/></g></mask>`)), fault.Unsupported, "masks"},
		{"masks by style", svg(chain(`<mask id="a0"/>`, `<mask id="NEXT"><g style="mask:url( '#LAST' )"><rect style="mask:URL(#LAST)"/></g></mask>`)), fault.Unsupported, "masks"},
		{"masks by a sheet", svg(chain(`<mask id="a0"/>`, `<style>.mLAST{mask:url(#LAST)}</style><mask id="NEXT"><g class="mLAST"><rect class="x mLAST"/></g></mask>`)), fault.Unsupported, "masks"},
		{"a mask of itself", svg(`<mask id="m"><rect mask="url(#m)"/></mask>`), fault.Unsupported, "masks"},
		{"a use named twice alike", svg(chain(`<g id="a0"/>`, `<g id="NEXT"><use href="#LAST" xlink:href="#LAST"/></g>`)), 0, ""},
		{"one gradient for all", svg(`<linearGradient id="g"/><g id="s">` + strings.Repeat(`<rect fill="url(#g)"/>`, 2000) + `</g>` + strings.Repeat(`<use href="#s"/>`, 9)), 0, ""},
		{"one clip for all", svg(`<clipPath id="c"><rect/></clipPath><style>.c{clip-path:url(#c)}</style><g id="s">` + strings.Repeat(`<g clip-path="url(#c)"><rect class="c"/></g>`, 2000) + `</g>`), 0, ""},
		{"too deep", svg(strings.Repeat("<g>", 300) + strings.Repeat("</g>", 300)), fault.Unsupported, "256"},
		{"too much style", svg(`<style>` + strings.Repeat("g rect{fill:red}", 2000) + `</style>` + strings.Repeat("<rect/>", 20000)), fault.Unsupported, "rules"},
		{"a rule for each of many", svg(`<style>` + strings.Repeat(".a{fill:red}", 2000) + `</style>` + strings.Repeat("<rect/>", 4000)), 0, ""},
		{"too long", svg(strings.Repeat("<g/>", 1<<18)), fault.TooLarge, "1048576"},
		{"unclosed", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect`, fault.Broken, "SVG data is broken"},
		{"another charset", `<?xml version="1.0" encoding="UTF-7"?>` + svg(""), fault.Broken, "SVG"},
		{"giant", `<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"></svg>`, fault.TooLarge, "limit"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := try(e, []byte(row.file), transform.Options{Width: 80, Format: transform.PNG})
			if row.names == "" {
				if err != nil || r.plan.Width != 80 {
					t.Errorf("got %d pixels, %v", r.plan.Width, err)
				}
				return
			}
			if err == nil || fault.KindOf(err) != row.kind || !strings.Contains(fault.Message(err), row.names) {
				t.Errorf("got %v (%v), want %v naming %q", err, fault.KindOf(err), row.kind, row.names)
			}
		})
	}
}

// TestBlocked: what magic bytes might let through is still refused by libvips itself.
func TestBlocked(t *testing.T) {
	e := start(t, transform.Policy{})
	for name, file := range e.refused() {
		if loads([]byte(file)) {
			t.Errorf("a %s was decoded", name)
		}
	}
	if _, _, _, err := e.Execute([]byte(smallPDF), transform.Meta{Format: transform.PNG, Width: 9, Height: 9},
		transform.Plan{Width: 9, Height: 9, Format: transform.PNG, Quality: 100}); fault.KindOf(err) != fault.Broken {
		t.Errorf("a PDF that calls itself PNG gave %v", err)
	}
}
