package main

import (
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// examples are pages of frameworks that node_modules holds: only they need Node (make examples).
func examples() []script {
	return []script{
		{in: "examples/react/main.tsx", out: "examples/react/main.js"},
	}
}

// bundleWhole writes the script with its framework in it, as a site's own build would.
func (s script) bundleWhole(root string) (size, error) {
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
		JSX:               api.JSXAutomatic,
		Alias:             aliases(),
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsEndOfFile, // the frameworks' licences ask for it
	})
	if len(result.Errors) > 0 {
		return size{}, fmt.Errorf("%s: %s", s.out, messages(result.Errors))
	}
	return measure(result.OutputFiles[0].Contents)
}
