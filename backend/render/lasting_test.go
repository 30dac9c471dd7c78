package render

import (
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/source"
)

func TestLasting(t *testing.T) {
	now := time.Unix(1e9, 0)
	rows := []struct {
		name             string
		keeping          source.Keeping
		setting          time.Duration
		stale, onFailure time.Duration
	}{
		{"nothing said, no setting", source.Keeping{}, 0, 0, 0},
		{"the setting", source.Keeping{}, time.Hour, time.Hour, time.Hour},
		{"the origin says both", source.Keeping{StaleWhile: time.Minute, StaleIfError: 2 * time.Minute}, time.Hour, time.Minute, 2 * time.Minute},
		{"the origin says one", source.Keeping{StaleWhile: time.Minute}, time.Hour, time.Minute, time.Hour},
		{"the origin forbids", source.Keeping{}.Strict(), time.Hour, 0, 0},
		{"for ever", source.Keeping{StaleWhile: 100 * longestAge}, 0, longestAge, 0},
		{"a watermark forbids", stricter(source.Keeping{StaleWhile: time.Minute}, source.Keeping{}.Strict()), time.Hour, 0, 0},
		{"a watermark says less", stricter(source.Keeping{StaleWhile: time.Hour}, source.Keeping{StaleWhile: time.Minute}), 0, time.Minute, 0},
		{"a watermark says nothing", stricter(source.Keeping{StaleWhile: time.Hour}, source.Keeping{}), 0, time.Hour, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := lasting(cache.Entry{Expires: now}, row.keeping, row.setting)
			after := func(end time.Time) time.Duration {
				if end.IsZero() {
					return 0
				}
				return end.Sub(now)
			}
			if after(got.Stale) != row.stale || after(got.IfError) != row.onFailure {
				t.Errorf("%v and %v, want %v and %v", after(got.Stale), after(got.IfError), row.stale, row.onFailure)
			}
		})
	}
	if got := lasting(cache.Entry{}, source.Keeping{}, time.Hour); !got.Stale.IsZero() || !got.End().IsZero() {
		t.Errorf("an image for ever: %+v", got)
	}
}
