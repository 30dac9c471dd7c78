package httpapi_test

import "testing"

func TestNotesAreHeaders(t *testing.T) {
	for _, row := range []struct{ name, note, want string }{
		{"none", "", ""},
		{"a still for an animation", "animation: first-frame; 300 frames are over the limit of 200", "first-frame; 300 frames are over the limit of 200"},
		{"among others", "unheard: of\nanimation: first-frame; x\n", "first-frame; x"},
		{"garbage", "animation\n: \n\n", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := start(t, nil)
			r.note = row.note
			response, _ := r.do(t, "GET", r.exact("/w:10/plain/"+source))
			if got := response.Header.Get("X-Gip-Animation"); response.StatusCode != 200 || got != row.want {
				t.Errorf("%d %q, want %q", response.StatusCode, got, row.want)
			}
			again, _ := r.do(t, "GET", r.exact("/w:10/plain/"+source), "If-None-Match", response.Header.Get("ETag"))
			if got := again.Header.Get("X-Gip-Animation"); again.StatusCode != 304 || got != row.want {
				t.Errorf("%d %q, want %q with 304 too", again.StatusCode, got, row.want)
			}
			if _, there := response.Header["Unheard"]; there {
				t.Error("an unknown note became a header")
			}
		})
	}
}
