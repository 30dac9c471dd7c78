package child

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

func TestRealWorkersMakePlaceholders(t *testing.T) {
	pool := newPool(t, worker.Config{})
	source := photo(t, 640, 480)
	for _, row := range []struct {
		stands        transform.StandIn
		width, height int
		format        transform.Format
		check         func(body string) bool
	}{
		{transform.LQIP, 24, 18, transform.WebP, func(b string) bool { return strings.HasPrefix(b, "RIFF") && len(b) < 500 }},
		{transform.PlainColor, 1, 1, transform.PNG, func(b string) bool { return strings.HasPrefix(b, "\x89PNG") && len(b) < 100 }},
		{transform.BlurHash, 0, 0, transform.Same, func(b string) bool { return len(b) == 4+2*4*3 }},
		{transform.ThumbHash, 0, 0, transform.Same, func(b string) bool { return isBase64(b) && len(b) < 50 }},
		{transform.DataURI, 0, 0, transform.Same, func(b string) bool {
			encoded, found := strings.CutPrefix(b, "data:image/webp;base64,")
			return found && isBase64(encoded)
		}},
	} {
		t.Run(row.stands.String(), func(t *testing.T) {
			result, err := pool.Transform(context.Background(), transform.Job{Body: source, Options: transform.Options{StandIn: row.stands}})
			if err != nil {
				t.Fatal(err)
			}
			if result.Format != row.format || result.Width != row.width || result.Height != row.height || !row.check(string(result.Body)) {
				t.Errorf("got %v %d×%d %q", result.Format, result.Width, result.Height, result.Body)
			}
			if result.Source.Width != 640 {
				t.Errorf("source %+v", result.Source)
			}
		})
	}
}

func isBase64(text string) bool {
	_, err := base64.StdEncoding.DecodeString(text)
	return err == nil && text != ""
}

func TestRealWorkersTellInfo(t *testing.T) {
	pool := newPool(t, worker.Config{})
	var clear bytes.Buffer
	if err := png.Encode(&clear, image.NewNRGBA(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name string
		body []byte
		want string // as far as it can be foreseen
	}{
		{"photograph", photo(t, 640, 480), `{"format":"jpeg","mediaType":"image/jpeg","width":640,"height":480,"orientation":1,"pages":1,"alpha":false,"colorSpace":"rgb","exif":{}}`},
		{"transparent", clear.Bytes(), `{"format":"png","mediaType":"image/png","width":30,"height":20,"orientation":1,"pages":1,"alpha":true,"colorSpace":"rgb","averageColor":"#00000000","dominantColor":"#00000000","palette":[]}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(context.Background(), transform.Job{Body: row.body, Options: transform.Options{StandIn: transform.Info}})
			var got, want map[string]any
			if err != nil || json.Unmarshal(result.Body, &got) != nil || json.Unmarshal([]byte(row.want), &want) != nil {
				t.Fatalf("%s, %v", result.Body, err)
			}
			for name, value := range want {
				a, _ := json.Marshal(got[name])
				if b, _ := json.Marshal(value); !bytes.Equal(a, b) {
					t.Errorf("%s: %s, want %s", name, a, b)
				}
			}
			for _, name := range []string{"averageColor", "dominantColor", "palette", "blurHash", "thumbHash", "perceptualHash", "placeholder"} {
				if got[name] == nil || got[name] == "" {
					t.Errorf("%s is missing: %s", name, result.Body)
				}
			}
			if got["bytes"] != float64(len(row.body)) {
				t.Errorf("bytes %v", got["bytes"])
			}
		})
	}
}

// TestDescribingObeysLimits: what is too large for a picture is too large for its hash.
func TestDescribingObeysLimits(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSourcePixels: 100_000}})
	small := photo(t, 320, 240)
	for _, stands := range []transform.StandIn{transform.LQIP, transform.BlurHash, transform.Info} {
		for name, row := range map[string]struct {
			body []byte
			kind fault.Kind
		}{
			"over the pixels":   {photo(t, 640, 480), fault.TooLarge},
			"cut in the middle": {small[:len(small)/2], fault.Broken},
			"a page":            {[]byte("<!doctype html><title>not an image</title>"), fault.Unsupported},
		} {
			result, err := pool.Transform(context.Background(), transform.Job{Body: row.body, Options: transform.Options{StandIn: stands}})
			if fault.KindOf(err) != row.kind || result.Body != nil {
				t.Errorf("%v, %s: got %v, want %v", stands, name, err, row.kind)
			}
		}
	}
}
