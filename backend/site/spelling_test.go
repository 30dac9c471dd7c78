package site

import "testing"

func TestPlain(t *testing.T) {
	tests := []struct {
		name, source string
		want         bool
	}{
		{"as browsers send it", "https://blog.example/media/a.jpg", true},
		{"with a port", "http://localhost:8090/photos/a.jpg", true},
		{"escaped letters of other alphabets", "https://blog.example/%C3%BC%20x.jpg", true},
		{"the same in lower case", "https://blog.example/%c3%bc.jpg", true},
		{"hex of both cases", "https://blog.example/%C3%bc.jpg", false},
		{"an escaped letter", "https://blog.example/%61.jpg", false},
		{"an escaped dot", "https://blog.example/a%2Ejpg", false},
		{"an escaped digit and tilde", "https://blog.example/%31%7E.jpg", false},
		{"brackets bare", "https://blog.example/a(1).jpg", true},
		{"brackets escaped", "https://blog.example/a%281%29.jpg", true},
		{"an escaped slash", "https://blog.example/a%2Fb.jpg", true},
		{"a bare space", "https://blog.example/a b.jpg", false},
		{"a bare letter of another alphabet", "https://blog.example/ü.jpg", false},
		{"a bare brace", "https://blog.example/{a}.jpg", false},
		{"a host in capitals", "https://BLOG.example/a.jpg", false},
		{"the scheme's own port", "https://blog.example:443/a.jpg", false},
		{"http's own port", "http://blog.example:80/a.jpg", false},
		{"the other scheme's port", "http://blog.example:443/a.jpg", true},
		{"an empty segment", "https://blog.example/media//a.jpg", false},
		{"an empty first segment", "https://blog.example//a.jpg", false},
		{"two slashes in a query", "https://blog.example/a.jpg?u=//B%61", true},
		{"a cut escape", "https://blog.example/a%2", false},
		{"a local file", "local:///photos/a b%61.jpg", true},
		{"a local file with an empty segment", "local:///photos//a.jpg", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Plain(test.source); got != test.want {
				t.Errorf("Plain(%q) = %t, want %t", test.source, got, test.want)
			}
		})
	}
}
