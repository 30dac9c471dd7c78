// Package backend holds the whole server; this folder itself holds only the tests of the
// house's rules: the import law, and that every package says what it is.
//
// The promise: a broken rule fails the build.
//
// It has no code of its own.
package backend
