package imageurl

import "testing"

func TestKeyTagged(t *testing.T) {
	rows := []struct {
		path, tag string
		want      bool
	}{
		{"/w:9/ct:a:b/plain/https://example.com/a.jpg", "a", true},
		{"/w:9/-/ct:a:b/h:3/plain/https://example.com/a.jpg", "b", true},
		{"/w:9/ct:ab/plain/https://example.com/a.jpg", "a", false},
		{"/w:9/plain/https://example.com/ct:a/plain/ct:a/a.jpg", "a", false},
		{"/cb:ct%3Aa/plain/https://example.com/a.jpg", "a", false},
		{"/plain/https://example.com/a.jpg", "", false},
	}
	for _, row := range rows {
		r, err := Grammar{}.Parse(row.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{r.Key(), r.Info().Key()} {
			if got := KeyTagged(key, row.tag); got != row.want {
				t.Errorf("%s has tag %q: %v", key, row.tag, got)
			}
		}
		if KeyTagged(r.FallbackKey("local:///b.png"), row.tag) {
			t.Errorf("%s: what stands in for all has the tag of one", row.path)
		}
	}
}
