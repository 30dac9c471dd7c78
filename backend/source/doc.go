// Package source fetches originals.
package source
