package sign

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/vectors"
)

// fewestVectors keeps a shortened file from passing quietly. The TypeScript test has the same.
const fewestVectors = 100

type vectorFile struct {
	About   string
	Count   int
	Vectors []vector
}

type vector struct {
	ID, Comment, Kind, Key, Salt string
	Valid                        bool

	Size            int // exact
	Path, Signature string

	Site          string // site and url
	Generation    int
	Source, Token string
}

func readVectors(t testing.TB) vectorFile {
	t.Helper()
	body, err := vectors.Read("sign.json")
	if err != nil {
		t.Fatal(err)
	}
	var file vectorFile
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestVectors(t *testing.T) {
	file := readVectors(t)
	seen, valid := map[string]bool{}, 0
	for _, v := range file.Vectors {
		t.Run(v.ID, func(t *testing.T) { v.run(t) })
		if seen[v.ID] = true; v.Valid {
			valid++
		}
	}
	if len(seen) != file.Count || len(seen) < fewestVectors {
		t.Errorf("ran %d vectors of different ids, the file counts %d, want at least %d", len(seen), file.Count, fewestVectors)
	}
	if valid < 12 || valid*2 >= len(seen) {
		t.Errorf("%d of %d are valid: want 12 or more, and fewer than the invalid", valid, len(seen))
	}
}

func (v vector) run(t *testing.T) {
	ring := v.ring(t)
	err := v.verify(t, ring)
	if v.Valid && (err != nil || v.make(ring) != v.Signature+v.Token) {
		t.Errorf("%s: got %v and %s", v.Comment, err, v.make(ring))
	}
	if !v.Valid && fault.KindOf(err) != fault.Denied {
		t.Errorf("%s: got %v, want a denial", v.Comment, err)
	}
}

func (v vector) ring(t *testing.T) Ring {
	t.Helper()
	ring, err := ParseRing(v.Key+":"+v.Salt, v.Size)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func (v vector) verify(t *testing.T, ring Ring) error {
	t.Helper()
	switch v.Kind {
	case "exact":
		return ring.Verify(v.Signature, v.Path)
	case "site":
		return ring.VerifySite(v.Token, v.Site, v.Generation)
	case "url":
		return ring.VerifyURL(v.Token, v.Site, v.Generation, v.Source)
	}
	t.Fatalf("unknown kind %q", v.Kind)
	return nil
}

func (v vector) make(ring Ring) string {
	switch v.Kind {
	case "exact":
		return ring.Sign(v.Path)
	case "site":
		return ring.SiteToken(v.Site, v.Generation)
	}
	return ring.URLToken(v.Site, v.Generation, v.Source)
}
