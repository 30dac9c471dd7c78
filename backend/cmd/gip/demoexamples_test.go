package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gip4all/gip4all/examples"
)

func TestExamplePages(t *testing.T) {
	files := fstest.MapFS{
		"plain/index.html": {Data: []byte(`<title>as it was</title>{{.Site}}`)},
		"pond/index.html":  {Data: []byte(`<title>a pond</title><script src="main.js"></script>`)},
		"pond/fish.html":   {Data: []byte(`<img src="{{.Site}}.jpg">`)},
		"gone/index.html":  {Data: []byte(`<title>not bundled</title><script src="main.js"></script>`)},
		"dist/pond.js":     {Data: []byte(`swim()`)},
	}
	pages, links, err := newExamplePages(files, map[string]any{"Site": "blog"})
	if err != nil {
		t.Fatal(err)
	}
	if len(links) != 2 || links[0] != (exampleLink{"plain", "as it was"}) || links[1] != (exampleLink{"pond", "a pond"}) {
		t.Errorf("got links %v, want plain and pond: gone has no script", links)
	}
	tests := []struct {
		path, kind, body string
		status           int
	}{
		{"plain/", "text/html", "blog", http.StatusOK},
		{"pond/", "text/html", "a pond", http.StatusOK},
		{"pond/fish.html", "text/html", `src="blog.jpg"`, http.StatusOK},
		{"pond/main.js", "text/javascript", "swim()", http.StatusOK},
		{"plain/main.js", "text/plain", "", http.StatusNotFound},
		{"gone/", "text/plain", "", http.StatusNotFound},
		{"dist/pond.js", "text/plain", "", http.StatusNotFound},
	}
	for _, test := range tests {
		recorder := httptest.NewRecorder()
		http.StripPrefix("/examples/", pages).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/examples/"+test.path, nil))
		answer := recorder.Result()
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != test.status || !strings.Contains(string(body), test.body) {
			t.Errorf("%s: got %d %q, %v; want %d with %q", test.path, answer.StatusCode, body, err, test.status, test.body)
		}
		if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, test.kind) {
			t.Errorf("%s: got type %s, want %s", test.path, kind, test.kind)
		}
	}
}

// TestExamplesNeedNoNode: those that bundle nothing are there in any build.
func TestExamplesNeedNoNode(t *testing.T) {
	_, links, err := newExamplePages(examples.Files(), map[string]any{"Photos": demoPhotos(), "Endpoint": "", "Site": ""})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, link := range links {
		names[link.Name] = link.Title != ""
	}
	for _, name := range []string{"plain", "vanilla"} {
		if !names[name] {
			t.Errorf("got %v, want %s among them, with a title", links, name)
		}
	}
}
