package httpapi_test

import (
	"testing"
)

// TestHintedAnswers: what a hint chose is in the key as a rung, and the answer says which hints
// it would like and looked at.
func TestHintedAnswers(t *testing.T) {
	r := start(t, nil)
	plain := "/plain/" + source
	want := "Sec-CH-DPR, Sec-CH-Width, Sec-CH-Viewport-Width"
	for _, row := range []struct{ name, target, key, vary, hints string }{
		{"a site's ladder", r.site("/w:auto" + plain), "/w:640" + plain, "Sec-CH-Width, Save-Data", want},
		{"exact", r.exact("/w:auto" + plain), "/w:640" + plain, "Sec-CH-Width", want},
		{"with a format", r.exact("/w:auto/f:auto" + plain), "/w:640/f:auto:none" + plain, "Sec-CH-Width, Accept", want},
		{"dpr", r.exact("/w:9/dpr:auto" + plain), "/w:9/dpr:2" + plain, "Sec-CH-DPR", want},
		{"no auto", r.exact("/w:9" + plain), "/w:9" + plain, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", row.target, "Sec-CH-Width", "601", "Sec-CH-DPR", "1.75")
			if response.StatusCode != 200 {
				t.Fatalf("%d %s", response.StatusCode, body)
			}
			if got := r.keys[len(r.keys)-1]; got != row.key {
				t.Errorf("key %q, want %q", got, row.key)
			}
			if got := response.Header.Get("Vary"); got != row.vary {
				t.Errorf("Vary %q, want %q", got, row.vary)
			}
			if got := response.Header.Get("Accept-CH"); got != row.hints {
				t.Errorf("Accept-CH %q, want %q", got, row.hints)
			}
		})
	}
	if config, _ := r.do(t, "GET", r.site("/config.json")); config.Header.Get("Accept-CH") != want {
		t.Errorf("config.json: Accept-CH %q, want %q", config.Header.Get("Accept-CH"), want)
	}
}
