// Package vips reads and makes images with libvips: it executes a [transform.Plan].
//
// The promise: it decides nothing. Limits, sizes and formats are the plan's, only the few
// loaders that this package names can run, and what comes out is upright, 8-bit sRGB or
// grey, and holds no metadata. (Only Facts gives the blocks of a source as they are, to be
// read by package metadata.)
//
// It cannot be stopped and can be killed by a hostile file, so it belongs in a process of
// its own (package worker). It is the only package that uses cgo.
package vips
