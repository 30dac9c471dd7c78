//go:build race

package child

// The race detector's shadow memory counts as data and is terabytes.
const memoryLimit = 1 << 60
