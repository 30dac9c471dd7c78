package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/transform"
)

// fileFormat reads a format as files' names and --format write it. Whether the libvips here
// makes it, its worker knows.
func fileFormat(name string) (transform.Format, error) {
	name = strings.ToLower(strings.TrimPrefix(name, "."))
	if name == "tif" {
		name = transform.TIFF.String()
	}
	format, err := transform.ParseFormat(name)
	if err != nil || !format.Saved() {
		return transform.Same, fmt.Errorf("%q is not one of %s", name, strings.Join(fileFormats(), ", "))
	}
	return format, nil
}

// fileFormats are the names of what can be written.
func fileFormats() []string { return transform.FormatSet(1<<16 - 1).Names() }

// sourceExtensions are what a folder's files must end in to be converted.
func sourceExtensions() []string {
	return []string{
		".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".jxl", ".tif", ".tiff", ".bmp", ".ico",
		".cr2", ".nef", ".arw", ".dng", ".raf", ".rw2",
	}
}

func isSourceExtension(extension string) bool {
	return slices.Contains(sourceExtensions(), strings.ToLower(extension))
}
