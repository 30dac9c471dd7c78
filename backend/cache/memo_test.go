package cache

import (
	"strconv"
	"strings"
	"testing"
)

func TestMemo(t *testing.T) {
	m := NewMemo[int](10_000)
	m.Set("a", 1, 10)
	m.Set("b", 2, 10)
	m.Set("b", 3, 5_000)
	tests := []struct {
		name, key string
		want      int
		found     bool
	}{
		{"kept", "a", 1, true},
		{"replaced by one over a quarter of the bytes", "b", 0, false},
		{"never set", "c", 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, found := m.Get(test.key); got != test.want || found != test.found {
				t.Errorf("got %d, %t; want %d, %t", got, found, test.want, test.found)
			}
		})
	}
}

// TestMemoStaysWithinItsBytes: whoever may add keys cannot make it grow.
func TestMemoStaysWithinItsBytes(t *testing.T) {
	const bound = 100_000
	m := NewMemo[int](bound)
	for i := range 10_000 {
		m.Set(strconv.Itoa(i)+strings.Repeat("x", 100), i, 50)
	}
	if got := m.Bytes(); got == 0 || got > bound {
		t.Errorf("the memo takes %d bytes, its bound is %d", got, bound)
	}
}
