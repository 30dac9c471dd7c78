package child

import (
	"bytes"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

// TestRasters goes through real workers: a raster comes back, and serves further jobs.
func TestRasters(t *testing.T) {
	pool := newPool(t, worker.Config{})
	source := photo(t, 1401, 801)
	reduced, err := pool.Transform(t.Context(), transform.Job{Body: source, Reduce: 16 << 20})
	if err != nil {
		t.Fatal(err)
	}
	raster := reduced.Reduced()
	if raster.Width < 700 || raster.Width > 1401 || raster.Bands != 3 || reduced.Source.Width != 1401 {
		t.Fatalf("%d×%d×%d of %+v", raster.Width, raster.Height, raster.Bands, reduced.Source)
	}
	if raster.Shared == nil {
		t.Error("the raster is not in memory that can be lent")
	}
	defer raster.Release()
	sent := raster
	sent.Shared = nil
	for _, row := range []struct {
		name    string
		options transform.Options
		spared  bool
		width   int
	}{
		{"small", transform.Options{Width: 200, Format: transform.WebP}, true, 200},
		{"placeholder", transform.Options{StandIn: transform.LQIP}, true, 24},
		{"information", transform.Options{StandIn: transform.Info}, true, 0},
		{"smallest of all", transform.Options{Width: 64, Format: transform.Best, Accepts: transform.Formats(transform.WebP)}, true, 64},
		{"enlarged", transform.Options{Width: 1402, Enlarge: true, Format: transform.JPEG}, raster.Width == 1401, 1402},
		{"with its metadata", transform.Options{Width: 200, Output: transform.Output{KeepMetadata: true}}, false, 200},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: source, Options: row.options, Raster: raster})
			if err != nil || result.Spared != row.spared || result.Width != row.width || len(result.Body) == 0 || result.Bands != 0 {
				t.Errorf("spared %v, %d×%d, %d bytes, %v", result.Spared, result.Width, result.Height, len(result.Body), err)
			}
			again, err := pool.Transform(t.Context(), transform.Job{Body: source, Options: row.options, Raster: sent})
			if err != nil || !bytes.Equal(again.Body, result.Body) {
				t.Errorf("another image where the raster is sent: %v", err)
			}
		})
	}
}

func TestSourcesWithoutRasters(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSide: 2000}})
	small := photo(t, 400, 300)
	result, err := pool.Transform(t.Context(), transform.Job{Body: small, Reduce: 16 << 20})
	if err != nil || result.Reduced().Sound() || !bytes.Equal(result.Body, small) {
		t.Errorf("small: %d bytes, %v", len(result.Body), err)
	}
	result, err = pool.Transform(t.Context(), transform.Job{Body: photo(t, 1401, 801), Reduce: 1000})
	if err != nil || result.Reduced().Sound() {
		t.Errorf("over its bytes: %v", err)
	}
	_, err = pool.Transform(t.Context(), transform.Job{Body: photo(t, 2001, 801), Reduce: 16 << 20})
	if fault.KindOf(err) != fault.TooLarge {
		t.Errorf("over the limits of any source: %v", err)
	}
	_, err = pool.Transform(t.Context(), transform.Job{Body: photo(t, 1401, 801)[:5000], Reduce: 16 << 20})
	if fault.KindOf(err) != fault.Broken {
		t.Errorf("half a file: %v", err)
	}
}
