// Package httpapi speaks HTTP: it routes a request, verifies it, negotiates the format, asks
// the cache for the answer and writes it with the headers that RFC 9110 and browsers want.
//
// The promise: raw bytes are verified before they are parsed; every error leaves through one
// place as short text with the right status; no panic reaches a visitor or stops the process.
//
// It makes no pixels, fetches nothing and never sees a worker.
package httpapi
