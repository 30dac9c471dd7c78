package main

import (
	"context"
	"net/http"
	"testing"
)

func TestProfilesAreForThisMachineOnly(t *testing.T) {
	if p, err := newProfiles(context.Background(), "0.0.0.0:0"); err == nil {
		p.close()
		t.Error("a public listener was made")
	}
	if p, err := newProfiles(context.Background(), ""); p != nil || err != nil || p.close() != nil {
		t.Error("no address is not no profiles")
	}
	p, err := newProfiles(context.Background(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	tests := []struct {
		name, host string
		status     int
	}{
		{"by address", "", http.StatusOK},
		{"by the usual name", "localhost:6060", http.StatusOK},
		{"by a name that somebody points here", "rebound.example", http.StatusForbidden},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request, err := http.NewRequest(http.MethodGet, "http://"+p.address+"/debug/pprof/", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Host = test.host
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
		})
	}
}
