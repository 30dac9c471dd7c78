package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/examples"
	"github.com/gip4all/gip4all/sw"
	"github.com/gip4all/gip4all/web"
)

// demoSite is an ordinary web site: one page, its photos as files, the one-line shim at its
// root, and the examples. It knows gip only by the script tag.
type demoSite struct {
	page     []byte
	shim     string
	assets   fs.FS
	photos   http.Handler
	examples http.Handler
}

type demoPhoto struct {
	File, Alt     string
	Width, Height int
}

func newDemoSite(endpoint, siteToken, photoFolder string) (*demoSite, error) {
	assets, err := fs.Sub(web.Files(), "demo")
	if err != nil {
		return nil, fmt.Errorf("demo pages: %w", err)
	}
	page, err := template.ParseFS(assets, "index.html")
	if err != nil {
		return nil, fmt.Errorf("demo page: %w", err)
	}
	data := map[string]any{"Endpoint": endpoint, "Site": siteToken, "Photos": demoPhotos()}
	pages, links, err := newExamplePages(examples.Files(), data)
	if err != nil {
		return nil, err
	}
	data["Examples"] = links
	var text bytes.Buffer
	if err := page.Execute(&text, data); err != nil {
		return nil, fmt.Errorf("demo page: %w", err)
	}
	return &demoSite{
		page:     text.Bytes(),
		shim:     shimText(endpoint, siteToken),
		assets:   assets,
		photos:   http.StripPrefix("/photos/", http.FileServer(http.Dir(photoFolder))),
		examples: http.StripPrefix("/examples/", pages),
	}, nil
}

func demoPhotos() []demoPhoto {
	var photos []demoPhoto
	for _, scene := range photo.Scenes() {
		stem := strings.TrimSuffix(scene.Name, filepath.Ext(scene.Name))
		photos = append(photos, demoPhoto{scene.Name, strings.ReplaceAll(stem, "-", " "), scene.Width, scene.Height})
	}
	return photos
}

// ServeHTTP answers the page, its parts, the photos, its scripts and the examples.
func (d *demoSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch {
	case r.URL.Path == "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(d.page)
	case r.URL.Path == "/gip-sw.js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		fmt.Fprintln(w, d.shim)
	case strings.HasPrefix(r.URL.Path, "/photos/") && !strings.HasSuffix(r.URL.Path, "/"):
		w.Header().Set("Cache-Control", "public, max-age=86400")
		d.photos.ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, "/examples/"):
		d.examples.ServeHTTP(w, r)
	case r.URL.Path == "/gip-full.js":
		http.ServeFileFS(w, r, sw.Files(), "gip-full.js")
	case r.URL.Path == "/style.css", r.URL.Path == "/panel.js":
		http.ServeFileFS(w, r, d.assets, strings.TrimPrefix(r.URL.Path, "/"))
	default:
		http.NotFound(w, r)
	}
}

// scenesName names the folder of these very scenes: a later gip with others makes its own.
func scenesName() string {
	sum := sha256.Sum256(fmt.Append(nil, photo.Scenes()))
	return hex.EncodeToString(sum[:4])
}

// makePhotos writes the demo's photographs, once: they are made, not shipped, so that the
// binary stays small.
func makePhotos(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("demo photos: %w", err)
	}
	for _, scene := range photo.Scenes() {
		path := filepath.Join(folder, scene.Name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		fmt.Println("making", scene.Name)
		var body bytes.Buffer
		if err := scene.Encode(&body); err != nil {
			return fmt.Errorf("demo photo %s: %w", scene.Name, err)
		}
		if err := writeWhole(path, body.Bytes(), true); err != nil {
			return fmt.Errorf("demo photo %s: %w", scene.Name, err)
		}
	}
	return nil
}
