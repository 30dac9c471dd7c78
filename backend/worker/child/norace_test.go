//go:build !race

package child

// The default of worker.Config.
const memoryLimit = 1536 << 20
