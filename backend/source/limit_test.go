package source

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestLimitOfOneDownload(t *testing.T) {
	origin := serve(t, encoded("", []byte(strings.Repeat("x", 100))))
	f := newFetcher(t, Config{LocalRoot: localFolder(t), MaxBytes: 99, AllowNetworks: loopback()})
	for _, row := range []struct {
		name, source string
		limit        int64
		ok           bool
	}{
		{"a file over the server's limit", "local:///full.jpg", 0, false},
		{"a file under its own", "local:///full.jpg", 100, true},
		{"a file of its limit", "local:///a.jpg", 1, true},
		{"an origin's over the server's limit", origin.URL, 0, false},
		{"an origin's under its own", origin.URL, 100, true},
		{"an origin's over its own", origin.URL, 98, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := f.Open(WithMaxBytes(t.Context(), row.limit), row.source)
			defer got.Release()
			if (err == nil) != row.ok || err != nil && fault.KindOf(err) != fault.TooLarge {
				t.Errorf("%d bytes, %v", len(got.Body), err)
			}
		})
	}
}
