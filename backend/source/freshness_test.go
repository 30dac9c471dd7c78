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
