package source

import (
	"net/http"
	"testing"
	"time"
)

func TestMaxAge(t *testing.T) {
	rows := []struct {
		name   string
		values []string
		want   time.Duration
	}{
		{"nothing said", nil, 0},
		{"max-age", []string{"max-age=60"}, time.Minute},
		{"with others", []string{"public, Max-Age=60 , immutable"}, time.Minute},
		{"shared wins", []string{"s-maxage=120, max-age=60"}, 2 * time.Minute},
		{"two headers", []string{"public", "max-age=60"}, time.Minute},
		{"quoted", []string{`max-age="60"`}, time.Minute},
		{"no-store", []string{"max-age=60, no-store"}, soonest},
		{"no-cache", []string{"no-cache"}, soonest},
		{"no-cache with fields", []string{`no-cache="set-cookie", max-age=60`}, soonest},
		{"private", []string{"private, max-age=60"}, soonest},
		{"zero", []string{"max-age=0"}, soonest},
		{"negative", []string{"max-age=-1"}, 0},
		{"not a number", []string{"max-age=soon"}, 0},
		{"no value", []string{"max-age"}, 0},
		{"too long", []string{"max-age=2147483647"}, maxFreshness},
		{"overflow", []string{"max-age=99999999999999999999"}, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			header := http.Header{"Cache-Control": row.values}
			if got := maxAge(header); got != row.want {
				t.Errorf("%q: %v, want %v", row.values, got, row.want)
			}
		})
	}
}

func TestKeeping(t *testing.T) {
	rows := []struct {
		name   string
		values []string
		want   Keeping
	}{
		{"nothing said", nil, Keeping{}},
		{"max-age alone", []string{"max-age=60"}, Keeping{Said: true}},
		{"both windows", []string{"Stale-While-Revalidate=60, stale-if-error=\"120\""}, Keeping{Said: true, StaleWhile: time.Minute, StaleIfError: 2 * time.Minute}},
		{"no window", []string{"stale-while-revalidate=0"}, Keeping{Said: true, StaleWhile: never}},
		{"a window that is no number", []string{"stale-if-error=soon"}, Keeping{Said: true}},
		{"no-store", []string{"no-store, stale-if-error=60"}, Keeping{Said: true, NoStore: true}.Strict()},
		{"private", []string{"private"}, Keeping{Said: true, NoStore: true}.Strict()},
		{"no-cache", []string{"no-cache"}, Keeping{Said: true, NoCache: true}.Strict()},
		{"must-revalidate", []string{"must-revalidate, stale-while-revalidate=60"}, Keeping{Said: true}.Strict()},
		{"for ever", []string{"stale-if-error=2147483647"}, Keeping{Said: true, StaleIfError: maxFreshness}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := keepingOf(http.Header{"Cache-Control": row.values}); got != row.want {
				t.Errorf("%q: %+v, want %+v", row.values, got, row.want)
			}
		})
	}
	if got := keepingOf(http.Header{"Vary": {"Accept, *"}}); !got.NoStore {
		t.Errorf("Vary: *: %+v", got)
	}
}
