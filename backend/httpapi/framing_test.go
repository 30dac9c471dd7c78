package httpapi

import "testing"

func TestSpeaksOfBody(t *testing.T) {
	tests := []struct {
		name, headers string
		want          bool
	}{
		{"nothing", "", false},
		{"ordinary headers", "Host: x\r\nUser-Agent: a-b\r\nIf-None-Match: \"-\"\r\n\r\n", false},
		{"a length", "Host: x\r\nContent-Length: 0\r\n\r\n", true},
		{"a length in lower case", "content-length:5", true},
		{"an encoding in mixed case", "tRaNsFeR-eNcOdInG: chunked", true},
		{"inside another name", "X-Content-Lengths: 1", true},
		{"in a value", "X: y content-length z", true},
		{"half of each", "Content-Encoding: gzip\r\nTransfer-Length: 3", false},
		{"cut short", "Content-Lengt", false},
		{"a dash first and last", "-length\r\ncontent-", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := speaksOfBody([]byte(test.headers)); got != test.want {
				t.Errorf("got %t", got)
			}
		})
	}
}
