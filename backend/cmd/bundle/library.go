package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// library is an npm package in clients/: each of its entries, files of its src, becomes an ES
// module in dist/esm and a CommonJS module in dist/cjs. Other packages stay imports.
type library struct {
	name    string
	entries []string
}

// libraries is where a new package adds its row. Its types are tsc's work (npm run types).
func libraries() []library {
	return []library{
		{name: "core", entries: []string{"index.ts", "parts.ts", "failures.ts", "sign.ts", "blurhash.ts", "thumbhash.ts"}},
		{name: "vanilla", entries: []string{"index.ts"}},
		{name: "react", entries: []string{"index.ts", "client.ts"}},
		{name: "vue", entries: []string{"index.ts", "nuxt-provider.ts"}},
		{name: "htmx", entries: []string{"index.ts"}},
	}
}

// aliases lets the repository's scripts import its packages by their names, without Node.
func aliases() map[string]string {
	names := map[string]string{}
	for _, l := range libraries() {
		for _, entry := range l.entries {
			name := strings.TrimSuffix(entry, filepath.Ext(entry))
			names[strings.TrimSuffix("@gip4all/"+l.name+"/"+name, "/index")] = "./clients/" + l.name + "/src/" + entry
		}
	}
	return names
}

func (l library) bundle(root string) error {
	if err := l.build(root, "esm", api.FormatESModule); err != nil {
		return err
	}
	if err := l.build(root, "cjs", api.FormatCommonJS); err != nil {
		return err
	}
	// The package itself is of modules; what is below this file is not.
	marker := filepath.Join(root, "clients", l.name, "dist/cjs/package.json")
	return os.WriteFile(marker, []byte(`{"type":"commonjs"}`+"\n"), 0o644) //nolint:gosec // public, as all of the package
}

// build leaves the code readable: the site that uses it minifies it with its own.
func (l library) build(root, folder string, format api.Format) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	src := filepath.Join("clients", l.name, "src")
	var entries []string
	for _, entry := range l.entries {
		entries = append(entries, filepath.Join(src, entry))
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: root,
		EntryPoints:   entries,
		Outbase:       src,
		Outdir:        filepath.Join("clients", l.name, "dist", folder),
		Bundle:        true,
		Write:         true,
		Format:        format,
		Splitting:     format == api.FormatESModule, // what two entries share must be one thing
		Packages:      api.PackagesExternal,
		External:      []string{"@gip4all/*"}, // which tsconfig's paths would lead to their sources
		JSX:           api.JSXAutomatic,
		Target:        api.ES2020,
		LegalComments: api.LegalCommentsNone,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("clients/%s: %s", l.name, messages(result.Errors))
	}
	return nil
}
