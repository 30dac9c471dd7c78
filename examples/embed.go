// Package examples holds a small page for each way to use gip in a browser, one folder each:
// NAME/index.html and what other pages it needs, all templates of html/template, and for pages
// with a build of their own NAME/main.ts or main.tsx.
//
// The promise: its files are what cmd/bundle and git left here. A script that needs a framework
// that was not installed is missing, and whoever serves the pages leaves that one out.
//
// It serves nothing itself: gip demo does, under /examples/NAME/.
package examples

import "embed"

//go:embed */*.html all:dist
var files embed.FS

// Files has NAME/PAGE.html for each page, and dist/NAME.js for each script.
func Files() embed.FS { return files }
