package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// script is one entry point and the file it becomes, both relative to the repository's root.
type script struct{ in, out string }

func scripts() []script {
	return []script{
		{in: "sw/src/loader.ts", out: "sw/dist/gip.js"},
		{in: "sw/src/worker.ts", out: "sw/dist/gip-worker.js"},
		{in: "sw/src/pagescript.ts", out: "sw/dist/gip-page.js"},
		{in: "sw/src/overlay.ts", out: "sw/dist/gip-debug.js"},
	}
}

type size struct{ raw, gzipped int }

// bundle writes the script as one minified function for browsers of 2020: the oldest that the
// clients support. Nothing of it reaches the global scope.
func (s script) bundle(root string) (size, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return size{}, err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       []string{s.in},
		Outfile:           s.out,
		Bundle:            true,
		Write:             true,
		Format:            api.FormatIIFE,
		Target:            api.ES2020,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone,
	})
	if len(result.Errors) > 0 {
		return size{}, fmt.Errorf("%s: %s", s.in, messages(result.Errors))
	}
	return measure(result.OutputFiles[0].Contents)
}

func messages(errors []api.Message) string {
	lines := api.FormatMessages(errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
	return strings.TrimSpace(strings.Join(lines, ""))
}

func measure(body []byte) (size, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return size{}, err
	}
	if _, err := writer.Write(body); err != nil {
		return size{}, err
	}
	if err := writer.Close(); err != nil {
		return size{}, err
	}
	return size{raw: len(body), gzipped: packed.Len()}, nil
}
