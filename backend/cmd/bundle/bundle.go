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
// code stands for the entry point of a script that is only measured.
type script struct{ in, code, out string }

func scripts() []script {
	return []script{
		{in: "sw/src/loader.ts", out: "sw/dist/gip.js"},
		{in: "sw/src/worker.ts", out: "sw/dist/gip-worker.js"},
		{in: "sw/src/pagescript.ts", out: "sw/dist/gip-page.js"},
		{in: "sw/src/overlay.ts", out: "sw/dist/gip-debug.js"},
		{in: "clients/vanilla/src/full.ts", out: "sw/dist/gip-full.js"},
		{in: "clients/vanilla/src/head.ts", out: "clients/vanilla/dist/head.js"},
		{in: "clients/htmx/src/script.ts", out: "clients/htmx/dist/gip-htmx.js"},
	}
}

// samples are what pages load of the npm packages: the least that one writes to use a
// package, bundled as it would be there. size-limit holds them to their budgets.
func samples() []script {
	return []script{
		{code: `export { attrs, original } from "@gip4all/core"`, out: ".cache/size/core.js"},
		{code: `export { picture } from "@gip4all/core"`, out: ".cache/size/core-picture.js"},
		{code: `export { blurhashURI } from "@gip4all/core/blurhash"`, out: ".cache/size/core-blurhash.js"},
		{code: `export { thumbhashURI } from "@gip4all/core/thumbhash"`, out: ".cache/size/core-thumbhash.js"},
		{code: `export { GipProvider, Image, Picture } from "@gip4all/react/client"`, out: ".cache/size/react.js"},
		{code: `export { Image } from "@gip4all/react"`, out: ".cache/size/react-server.js"},
		{code: `export { gip, GipImage, GipPicture } from "@gip4all/vue"`, out: ".cache/size/vue.js"},
		{code: `export { gip, vGip } from "@gip4all/vue"`, out: ".cache/size/vue-directive.js"},
		{code: `export { register } from "@gip4all/htmx"`, out: ".cache/size/htmx.js"},
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
	options := api.BuildOptions{
		AbsWorkingDir:     root,
		Outfile:           s.out,
		Bundle:            true,
		Write:             true,
		Format:            api.FormatIIFE,
		Target:            api.ES2020,
		Alias:             aliases(),
		External:          []string{"react", "react-dom", "vue", "htmx.org"}, // a sample's page has them
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone,
	}
	if s.code == "" {
		options.EntryPoints = []string{s.in}
	} else {
		// As a module: a function of its own would hold nothing but what nobody calls.
		options.Format = api.FormatESModule
		options.Stdin = &api.StdinOptions{Contents: s.code, ResolveDir: root, Loader: api.LoaderTS}
	}
	result := api.Build(options)
	if len(result.Errors) > 0 {
		return size{}, fmt.Errorf("%s: %s", s.out, messages(result.Errors))
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
