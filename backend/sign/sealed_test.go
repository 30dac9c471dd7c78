package sign

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/vectors"
)

const fewestSealed = 40

type sealedFile struct {
	About   string
	Count   int
	Vectors []sealedVector
}

type sealedVector struct {
	ID, Comment, Key, URL, Sealed string
	Valid                         bool
}

func readSealed(t testing.TB) sealedFile {
	t.Helper()
	body, err := vectors.Read("sealed.json")
	if err != nil {
		t.Fatal(err)
	}
	var file sealedFile
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file
}

func newSealer(t testing.TB, text string) Sealer {
	t.Helper()
	sealer, err := ParseSealer(text)
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

func TestSealedVectors(t *testing.T) {
	file := readSealed(t)
	seen := map[string]bool{}
	for _, v := range file.Vectors {
		t.Run(v.ID, func(t *testing.T) { v.run(t) })
		seen[v.ID] = true
	}
	if len(seen) != file.Count || len(seen) < fewestSealed {
		t.Errorf("ran %d vectors of different ids, the file counts %d, want at least %d", len(seen), file.Count, fewestSealed)
	}
}

func (v sealedVector) run(t *testing.T) {
	sealer := newSealer(t, v.Key)
	opened, err := sealer.Open(v.Sealed)
	if !v.Valid {
		if opened != "" || fault.KindOf(err) != fault.Invalid || err.Error() != errSealed().Error() {
			t.Errorf("%s: got %q and %v, want only %v", v.Comment, opened, err, errSealed())
		}
		return
	}
	if err != nil || opened != v.URL {
		t.Errorf("%s: opened %q, %v; want %q", v.Comment, opened, err, v.URL)
	}
	if sealed, err := sealer.Seal(v.URL); err != nil || sealed != v.Sealed {
		t.Errorf("%s: sealed %q, %v; want %q", v.Comment, sealed, err, v.Sealed)
	}
}

func hexKey(digits string) string { return strings.Repeat(digits, SealKeySize) }

func TestSealKeysRotate(t *testing.T) {
	before, after, stranger := newSealer(t, hexKey("01")), newSealer(t, hexKey("02")), newSealer(t, hexKey("03"))
	rotated := newSealer(t, hexKey("02")+", "+hexKey("01"))
	for _, row := range []struct {
		name   string
		sealer Sealer
		opens  bool
	}{{"the first key", after, true}, {"the retiring key", before, true}, {"a stranger", stranger, false}, {"itself", rotated, true}} {
		t.Run(row.name, func(t *testing.T) {
			sealed, err := row.sealer.Seal(path)
			if err != nil {
				t.Fatal(err)
			}
			if opened, err := rotated.Open(sealed); (err == nil && opened == path) != row.opens {
				t.Errorf("got %q, %v; want it to open: %t", opened, err, row.opens)
			}
		})
	}
	first, _ := after.Seal(path)
	if got, _ := rotated.Seal(path); got != first {
		t.Errorf("the first key should seal: got %s, want %s", got, first)
	}
}

func TestParseSealer(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"one key", hexKey("ab"), ""},
		{"two keys, spaces, a newline, capitals", " " + hexKey("ab") + " ,\t" + hexKey("CD") + "\n", ""},
		{"nothing", "", "no seal key"},
		{"only spaces", " \n", "no seal key"},
		{"trailing comma", hexKey("ab") + ",", "seal key 2 has 0 bytes, not 64"},
		{"a key of 32 bytes", strings.Repeat("ab", 32), "seal key 1 has 32 bytes, not 64"},
		{"a key of 65 bytes", hexKey("ab") + "ab", "seal key 1 has 65 bytes"},
		{"not hex", hexKey("ab") + ",5ecreT", "seal key 2 is not hexadecimal"},
		{"odd length", hexKey("ab") + "a", "seal key 1 is not hexadecimal"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := ParseSealer(row.text)
			checkError(t, err, row.want)
		})
	}
}

func TestGenerateSealKey(t *testing.T) {
	made, err := GenerateSealKey(bytes.NewReader(bytes.Repeat([]byte{7}, SealKeySize)))
	if err != nil || made != hexKey("07") {
		t.Errorf("got %s, %v", made, err)
	}
	broken := errors.New("no entropy")
	if _, err := GenerateSealKey(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestSealerKeepsItsOwnKeys(t *testing.T) {
	mine := bytes.Repeat([]byte{1}, SealKeySize)
	sealer, err := NewSealer([][]byte{mine})
	if err != nil {
		t.Fatal(err)
	}
	before, _ := sealer.Seal(path)
	clear(mine)
	if after, _ := sealer.Seal(path); after != before {
		t.Error("the sealer changed with its caller's slice")
	}
}

func TestSealerPrintsNoKey(t *testing.T) {
	sealer := newSealer(t, hexKey("ab"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		if got := fmt.Sprintf(verb, sealer); got != "sign.Sealer(1 keys)" {
			t.Errorf("%s: %s", verb, got)
		}
	}
}

func TestZeroSealer(t *testing.T) {
	if _, err := (Sealer{}).Open(readSealed(t).Vectors[0].Sealed); fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v, want invalid", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("the zero sealer seals")
		}
	}()
	_, _ = Sealer{}.Seal(path)
}

// FuzzOpen: what opens is exactly what one of the keys seals to that text, and nothing else
// opens; every refusal reads the same.
func FuzzOpen(f *testing.F) {
	text := hexKey("01") + "," + hexKey("02")
	both, first, second := newSealer(f, text), newSealer(f, hexKey("01")), newSealer(f, hexKey("02"))
	seeds := readSealed(f).Vectors
	if len(seeds) < fewestSealed {
		f.Fatalf("only %d seeds", len(seeds))
	}
	for _, v := range seeds {
		f.Add(v.Sealed, v.URL)
	}
	f.Fuzz(func(t *testing.T, sealed, source string) {
		opened, err := both.Open(sealed)
		one, _ := first.Seal(opened)
		two, _ := second.Seal(opened)
		if err == nil && sealed != one && sealed != two {
			t.Errorf("Open(%q) = %q, which seals to %q and %q", sealed, opened, one, two)
		}
		if err != nil && (opened != "" || err.Error() != errSealed().Error()) {
			t.Errorf("Open(%q) = %q, %v", sealed, opened, err)
		}
		again, _ := second.Seal(source)
		if got, err := both.Open(again); err != nil || got != source {
			t.Errorf("Open(Seal(%q)) = %q, %v", source, got, err)
		}
		if _, err := both.Open(again[:len(again)-1]); err == nil {
			t.Errorf("less than the seal of %q opens", source)
		}
	})
}
