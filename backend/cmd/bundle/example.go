package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// examples are the scripts of the pages in examples/: each folder's main.ts or main.tsx. They have
// frameworks in them, which npm installs: without node_modules there are none.
func examples(root string) ([]script, error) {
	if _, err := os.Stat(filepath.Join(root, "node_modules")); err != nil {
		return nil, nil //nolint:nilerr // all else is built without Node, and gip demo lists what is there
	}
	mains, err := filepath.Glob(filepath.Join(root, "examples/*/main.ts*"))
	if err != nil {
		return nil, err
	}
	var found []script
	for _, main := range mains {
		name := filepath.Base(filepath.Dir(main))
		in, err := filepath.Rel(root, main)
		if err != nil {
			return nil, err
		}
		found = append(found, script{in: in, out: "examples/dist/" + name + ".js"})
	}
	return found, nil
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
