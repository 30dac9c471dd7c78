package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
)

// FuzzVerify: of all strings, exactly one a key verifies for a path: its signature, as a
// second writing of the rule computes it here.
func FuzzVerify(f *testing.F) {
	pairs := []Pair{pair("new", "salt 2"), pair("old", "salt 1")}
	ring, err := NewRing(pairs, 16)
	if err != nil {
		f.Fatal(err)
	}
	seeds := readVectors(f).Vectors
	if len(seeds) < fewestVectors {
		f.Fatalf("only %d seeds", len(seeds))
	}
	for _, v := range seeds {
		f.Add(v.Signature, v.Path)
		f.Add(ring.Sign(v.Path), v.Path)
	}
	f.Fuzz(func(t *testing.T, signature, path string) {
		want := strings.HasPrefix(path, "/") && (signature == reference(pairs[0], path) || signature == reference(pairs[1], path))
		if got := ring.Verify(signature, path) == nil; got != want {
			t.Errorf("Verify(%q, %q): got %t, want %t", signature, path, got, want)
		}
		right := ring.Sign(path)
		if ring.Verify(right, path) == nil != strings.HasPrefix(path, "/") {
			t.Errorf("the signature %q of %q does not verify, or verifies without a slash", right, path)
		}
		if signature != "" && ring.Verify(right+signature, path) == nil || ring.Verify(right[:len(right)-1], path) == nil {
			t.Errorf("more or less than the signature of %q verifies", path)
		}
	})
}

func reference(p Pair, path string) string {
	hash := hmac.New(sha256.New, p.Key)
	hash.Write(append(append([]byte{}, p.Salt...), path...))
	return strings.TrimRight(base64.URLEncoding.EncodeToString(hash.Sum(nil)[:16]), "=")
}
