//go:build race

package worker

// The race detector's shadow memory counts as data and is terabytes.
const dataLimit = 1 << 60
