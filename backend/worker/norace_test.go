//go:build !race

package worker

const dataLimit = 1 << 30
