package render_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestChecksums(t *testing.T) {
	sum := sha256.Sum256([]byte(png))
	for _, row := range []struct {
		name string
		want imageurl.Checksum
		ok   bool
	}{
		{"none", imageurl.Checksum{}, true},
		{"sha256", imageurl.Checksum{Kind: "sha256", Hex: hex.EncodeToString(sum[:])}, true},
		{"another sha256", imageurl.Checksum{Kind: "sha256", Hex: "00" + hex.EncodeToString(sum[1:])}, false},
		{"sha512 of something else", imageurl.Checksum{Kind: "sha512", Hex: hex.EncodeToString(make([]byte, 64))}, false},
		{"sha1 of something else", imageurl.Checksum{Kind: "sha1", Hex: hex.EncodeToString(make([]byte, 20))}, false},
		{"md5 of something else", imageurl.Checksum{Kind: "md5", Hex: hex.EncodeToString(make([]byte, 16))}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			key := imageurl.Request{Source: "https://a.example/a", Checksum: row.want}.Key()
			_, err := newRenderer(t, render.Config{}).Load(t.Context(), key)
			if row.ok != (err == nil) || err != nil && fault.KindOf(err) != fault.Broken {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPipelinesReachTheWorker(t *testing.T) {
	request, err := imageurl.Grammar{}.Parse("/w:5/-/-/h:6/-/bl:2/q:50/plain/https://a.example/a")
	if err != nil {
		t.Fatal(err)
	}
	var got transform.Job
	renderer := newRenderer(t, render.Config{Pixels: transformFunc(func(ctx context.Context, job transform.Job) (transform.Result, error) {
		got = job
		return makeWebP(ctx, job)
	})})
	if _, err := renderer.Load(t.Context(), request.Key()); err != nil {
		t.Fatal(err)
	}
	want := []transform.Options{{Height: 6}, {Look: transform.Look{Blur: 2}}}
	if got.Options != (transform.Options{Width: 5, Quality: 50}) || !slices.Equal(got.Then, want) {
		t.Errorf("got %+v, then %+v", got.Options, got.Then)
	}
}
