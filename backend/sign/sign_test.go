package sign

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gip4all/gip4all/backend/fault"
)

const path = "/w:800/plain/https://example.com/a.jpg"

func pair(key, salt string) Pair { return Pair{Key: []byte(key), Salt: []byte(salt)} }

func newRing(t *testing.T, size int, pairs ...Pair) Ring {
	t.Helper()
	ring, err := NewRing(pairs, size)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func TestRotation(t *testing.T) {
	before, after, stranger := pair("old", "salt 1"), pair("new", "salt 2"), pair("other", "salt 3")
	rotated := newRing(t, 0, after, before)
	rows := []struct {
		name   string
		signer Ring
		valid  bool
	}{
		{"the first pair", newRing(t, 0, after), true},
		{"the retiring pair", newRing(t, 0, before), true},
		{"the ring itself", rotated, true},
		{"a stranger", newRing(t, 0, stranger), false},
		{"halves of two pairs", newRing(t, 0, Pair{after.Key, before.Salt}), false},
		{"another size", newRing(t, 16, after), false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if err := rotated.Verify(row.signer.Sign(path), path); (err == nil) != row.valid {
				t.Errorf("got %v, want valid %t", err, row.valid)
			}
		})
	}
	if got, want := rotated.Sign(path), newRing(t, 0, after).Sign(path); got != want {
		t.Errorf("the first pair should sign: got %s, want %s", got, want)
	}
}

func TestTokensRotate(t *testing.T) {
	before, after := pair("old", "s"), pair("new", "s")
	rotated, old, stranger := newRing(t, 0, after, before), newRing(t, 0, before), newRing(t, 0, pair("x", "s"))
	source := "https://example.com/a.jpg"
	for _, ring := range []Ring{rotated, old} {
		if err := rotated.VerifySite(ring.SiteToken("blog", 3), "blog", 3); err != nil {
			t.Errorf("site token of %v: %v", ring, err)
		}
		if err := rotated.VerifyURL(ring.URLToken("blog", 3, source), "blog", 3, source); err != nil {
			t.Errorf("url token of %v: %v", ring, err)
		}
	}
	if rotated.VerifySite(stranger.SiteToken("blog", 3), "blog", 3) == nil {
		t.Error("a stranger's site token verifies")
	}
	if rotated.VerifyURL(stranger.URLToken("blog", 3, source), "blog", 3, source) == nil {
		t.Error("a stranger's url token verifies")
	}
}

func TestSizes(t *testing.T) {
	for size, length := range map[int]int{0: 43, 16: 22, 17: 23, 24: 32, 32: 43} {
		ring := newRing(t, size, pair("k", "s"))
		if got := len(ring.Sign(path)); got != length {
			t.Errorf("size %d: signature of %d characters, want %d", size, got, length)
		}
		if got := len(ring.SiteToken("blog", 1)); got != 22 {
			t.Errorf("size %d: token of %d characters, want 22", size, got)
		}
	}
}

// Nothing about a denial may tell which check refused, or what was expected.
func TestDenialsReadTheSame(t *testing.T) {
	ring := newRing(t, 0, pair("k", "s"))
	good := ring.Sign(path)
	denials := map[string]error{
		"exact":     ring.Verify(good[:42]+"_", path),
		"short":     ring.Verify("x", path),
		"no slash":  ring.Verify(ring.Sign("w:1"), "w:1"),
		"site":      ring.VerifySite("x", "blog", 1),
		"NUL":       ring.VerifySite(ring.SiteToken("a\x00", 1), "a\x00", 1),
		"url":       ring.VerifyURL("x", "blog", 1, "s"),
		"zero ring": Ring{}.Verify("", "/"),
	}
	want := fault.New(fault.Denied, "the signature or token is not valid").Error()
	for name, err := range denials {
		if fault.KindOf(err) != fault.Denied || err.Error() != want {
			t.Errorf("%s: got %v (%v), want %s", name, err, fault.KindOf(err), want)
		}
	}
}

func TestParseRing(t *testing.T) {
	rows := []struct {
		name, text string
		size       int
		want       string // part of the error, or empty
	}{
		{"one pair", "6b:73", 0, ""},
		{"two pairs", "6b:73,6B32:7332", 16, ""},
		{"spaces and a newline around pairs", " 6b:73, 6b32:7332\n", 0, ""},
		{"nothing", "", 0, "no pair"},
		{"only spaces", " \n", 0, "no pair"},
		{"no colon", "6b73", 0, "pair 1 is not hexkey:hexsalt"},
		{"two colons", "6b:73:74", 0, "pair 1 is not hexkey:hexsalt"},
		{"trailing comma", "6b:73,", 0, "pair 2 is not hexkey:hexsalt"},
		{"key not hex", "6b:73,5ecreT:73", 0, "pair 2: the key is not hexadecimal"},
		{"key of odd length", "6bf:73", 0, "pair 1: the key is not hexadecimal"},
		{"salt not hex", "6b:5ecreT", 0, "pair 1: the salt is not hexadecimal"},
		{"space inside", "6b :73", 0, "pair 1: the key is not hexadecimal"},
		{"empty key", "6b:73,:73", 0, "pair 2: the key is empty"},
		{"empty salt", "6b:", 0, "pair 1: the salt is empty"},
		{"size too small", "6b:73", 15, "signature size 15 is not within 16 to 32"},
		{"size too large", "6b:73", 33, "signature size 33"},
		{"size negative", "6b:73", -1, "signature size -1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := ParseRing(row.text, row.size)
			checkError(t, err, row.want)
		})
	}
}

func checkError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err == nil:
	case want == "" || err == nil:
		t.Errorf("got %v, want %q", err, want)
	case !strings.Contains(err.Error(), want) || fault.KindOf(err) != fault.Invalid:
		t.Errorf("got %v (%v), want %q (invalid)", err, fault.KindOf(err), want)
	case strings.Contains(err.Error(), "ecreT") || strings.Contains(err.Error(), "'"):
		t.Errorf("%v quotes the secret", err)
	}
}

func TestGeneratePair(t *testing.T) {
	random := bytes.Repeat([]byte{1}, 32)
	random = append(random, bytes.Repeat([]byte{2}, 32)...)
	made, err := GeneratePair(bytes.NewReader(random))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Repeat("01", 32) + ":" + strings.Repeat("02", 32)
	if made.String() != want {
		t.Errorf("got %s, want %s", made, want)
	}
	read, err := ParseRing(made.String(), 0)
	if err != nil || read.Sign(path) != newRing(t, 0, made).Sign(path) {
		t.Errorf("the printed pair does not read back: %v", err)
	}
	broken := errors.New("no entropy")
	if _, err := GeneratePair(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestRingKeepsItsOwnKeys(t *testing.T) {
	mine := pair("key", "salt")
	ring := newRing(t, 0, mine)
	before := ring.Sign(path)
	mine.Key[0], mine.Salt[0] = 'x', 'x'
	if ring.Sign(path) != before {
		t.Error("the ring changed with its caller's slices")
	}
}

func TestRingPrintsNoKey(t *testing.T) {
	ring := newRing(t, 0, pair("key", "salt"), pair("key", "salt"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		if got := fmt.Sprintf(verb, ring); got != "sign.Ring(2 pairs)" {
			t.Errorf("%s: %s", verb, got)
		}
	}
}

func TestZeroRingCannotSign(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the zero ring signed")
		}
	}()
	Ring{}.Sign(path)
}
