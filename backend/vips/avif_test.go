package vips

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// emptyAVIF is what libheif 1.15 made of 5000 × 5000 pixels, without an error, in a worker of
// which 1.5 GB were nearly taken.
const emptyAVIF = "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAKVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA" +
	"AA5waXRtAAAAAAAAAAAAEGlsb2MAAAAAREAAAAAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAN2lwcnAAAAAb" +
	"aXBjbwAAABNjb2xybmNseAACAAIABoAAAAAUaXBtYQAAAAAAAAABAAEBgQAAAAhtZGF0"

func TestCheckAVIF(t *testing.T) {
	e := start(t, transform.Policy{})
	empty, err := base64.StdEncoding.DecodeString(emptyAVIF)
	if err != nil {
		t.Fatal(err)
	}
	opaque := run(t, e, jpegFile(t, noisy(64, 48)), transform.Options{Format: transform.AVIF}).body
	for _, row := range []struct {
		name  string
		file  []byte
		width int
		alpha bool
		sound bool
	}{
		{"whole", opaque, 64, false, true},
		{"no picture", empty, 64, false, false},
		{"another size", opaque, 65, false, false},
		{"no transparency", opaque, 64, true, false},
		{"nothing", nil, 64, false, false},
	} {
		err := checkAVIF(row.file, row.width, 48, row.alpha)
		if (err == nil) != row.sound || err != nil && (fault.KindOf(err) != fault.TooLarge || !strings.Contains(fault.Message(err), "×48 pixels")) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}
