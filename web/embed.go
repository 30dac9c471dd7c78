// Package web holds the pages that gip serves: for now the demo site.
//
// The promise: everything a page needs is in the binary.
//
// It has no handlers; whoever serves a page fills its template.
package web

import "embed"

//go:embed demo
var files embed.FS

// Files are the pages, as web/ lays them out.
func Files() embed.FS { return files }
