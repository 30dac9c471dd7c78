// Package imageurl is the grammar of image URLs.
package imageurl
