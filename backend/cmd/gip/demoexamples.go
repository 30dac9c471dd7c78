package main

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// examplePages are the pages of examples/, by address below /examples/: filled at start, since
// what fills them does not change.
type examplePages map[string][]byte

// exampleLink is an example as the demo page names it.
type exampleLink struct{ Name, Title string }

// newExamplePages fills every example whose script was bundled, and lists them by name.
func newExamplePages(files fs.FS, data map[string]any) (examplePages, []exampleLink, error) {
	indexes, err := fs.Glob(files, "*/index.html")
	if err != nil {
		return nil, nil, fmt.Errorf("examples: %w", err)
	}
	pages, links := examplePages{}, []exampleLink(nil)
	for _, index := range indexes {
		name := path.Dir(index)
		err := pages.add(files, name, data)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("example %s: %w", name, err)
		}
		links = append(links, exampleLink{Name: name, Title: titleOf(pages[name+"/"])})
	}
	return pages, links, nil
}

// add takes the script first: a page without the one it asks for is no example.
func (p examplePages) add(files fs.FS, name string, data map[string]any) error {
	parsed, err := template.ParseFS(files, name+"/*.html")
	if err != nil {
		return err
	}
	if err := p.addScript(files, name); err != nil {
		return err
	}
	for _, page := range parsed.Templates() {
		var text bytes.Buffer
		if err := page.Execute(&text, data); err != nil {
			return err
		}
		p[name+"/"+strings.TrimSuffix(page.Name(), "index.html")] = text.Bytes()
	}
	return nil
}

func (p examplePages) addScript(files fs.FS, name string) error {
	index, err := fs.ReadFile(files, name+"/index.html")
	if err != nil || !bytes.Contains(index, []byte(`src="main.js"`)) {
		return err
	}
	script, err := fs.ReadFile(files, "dist/"+name+".js")
	p[name+"/main.js"] = script
	return err
}

func titleOf(page []byte) string {
	_, rest, _ := strings.Cut(string(page), "<title>")
	title, _, _ := strings.Cut(rest, "</title>")
	return title
}

// ServeHTTP answers what is there; the address is what follows /examples/.
func (p examplePages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, found := p[r.URL.Path]
	if !found {
		http.NotFound(w, r)
		return
	}
	kind := "text/html; charset=utf-8"
	if strings.HasSuffix(r.URL.Path, ".js") {
		kind = "text/javascript; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(body)
}
