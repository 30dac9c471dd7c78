package worker

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// lentFiles counts the memory that this process could lend.
func lentFiles() (count int) {
	files, _ := filepath.Glob("/proc/self/fd/*")
	for _, file := range files {
		if target, err := os.Readlink(file); err == nil && strings.HasPrefix(target, "/memfd:gip") {
			count++
		}
	}
	return count
}

// TestWhatIsNoRasterLeavesNoMemory: a worker that a file has taken over may answer anything.
func TestWhatIsNoRasterLeavesNoMemory(t *testing.T) {
	for _, verb := range []string{"failing-raster", "unchanged-raster", "no-raster", "crash", "wrong-id"} {
		t.Run(verb, func(t *testing.T) {
			result, _ := newPool(t, Config{}).Transform(t.Context(), transform.Job{Body: []byte(verb + " "), Reduce: 1000})
			if result.Shared != nil || lentFiles() != 0 {
				t.Errorf("%v, %d files", result.Shared, lentFiles())
			}
			clear(result.Body) // it can still be written to
		})
	}
}
