// Package sw holds the scripts that browsers load from the backend: the loader gip.js;
// gip-worker.js, the core that a site's own one-line service worker imports; gip-page.js, which
// tells the worker about the page; gip-debug.js, the overlay of ?gip=debug; and gip-full.js, the
// whole client for pages (clients/vanilla). It promises the
// bundles that were in sw/dist at build time (backend/cmd/bundle makes them); a build without
// them still compiles, and the server says at start what is missing. It serves nothing itself.
package sw

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files has the scripts at its root.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("sw: " + err.Error()) // "dist" is a valid path
	}
	return files
}
