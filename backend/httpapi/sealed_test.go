package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/sign"
)

// hushed is a source of which nothing may show.
const hushed = "https://hush.example:8443/hush/hush.jpg?hush=1"

type sealedRig struct {
	*rig
	sealer sign.Sealer
}

func startSealed(t *testing.T) sealedRig {
	t.Helper()
	sealer, err := sign.ParseSealer(strings.Repeat("5e", sign.SealKeySize))
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(c *httpapi.Config) {
		c.Sealer = sealer
		c.Allow = func(u *url.URL) bool { return !strings.HasSuffix(u.Path, "denied.jpg") }
	})
	return sealedRig{r, sealer}
}

func (r sealedRig) enc(t *testing.T, source string) string {
	t.Helper()
	sealed, err := r.sealer.Seal(source)
	if err != nil {
		t.Fatal(err)
	}
	return "/enc/" + sealed
}

func TestSealedImage(t *testing.T) {
	r := startSealed(t)
	enc := r.enc(t, hushed)
	for _, row := range []struct{ name, path, key, disposition string }{
		{"named image", "/w:10" + enc, "/w:10", "inline; filename=image.webp"},
		{"an attachment, too", "/att:1" + enc, "", "attachment; filename=image.webp"},
		{"named by the URL", "/fn:photo" + enc, "", "inline; filename=photo.webp"},
		{"extension", enc + ".webp", "/f:webp", "inline; filename=image.webp"},
		{"split", enc[:12] + "/" + enc[12:], "", "inline; filename=image.webp"},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", r.exact(row.path))
			if response.StatusCode != 200 {
				t.Fatalf("%d %s", response.StatusCode, body)
			}
			if got := r.keys[len(r.keys)-1]; got != row.key+"/plain/https://hush.example:8443/hush/hush.jpg%3Fhush=1" {
				t.Errorf("key %q", got)
			}
			if got := response.Header.Get("Content-Disposition"); got != row.disposition {
				t.Errorf("Content-Disposition %q, want %q", got, row.disposition)
			}
			if strings.Contains(fmt.Sprint(response.Header), "hush") {
				t.Errorf("headers %v", response.Header)
			}
		})
	}
	if logs := r.logs.String(); strings.Contains(logs, "hush") || strings.Contains(logs, enc[5:15]) {
		t.Errorf("the log shows the source:\n%s", logs)
	}
}

// The signature is verified first, and what does not open says nothing but that.
func TestSealedRefusals(t *testing.T) {
	r := startSealed(t)
	enc := r.enc(t, hushed)
	damaged := enc[:len(enc)-4] + "AAAA"
	for _, row := range []struct {
		name, target string
		status       int
		says         string
	}{
		{"wrong signature", "/AAAA" + enc, 403, "signature"},
		{"wrong signature of a damaged one", "/AAAA" + damaged, 403, "signature"},
		{"damaged", r.exact(damaged), 400, "does not open"},
		{"imgproxy's, AES-CBC", r.exact("/enc/" + strings.Repeat("abcd", 16)), 400, "not imgproxy's AES-CBC"},
		{"sealed, but no URL", r.exact(r.enc(t, "ftp://hush.example/")), 400, "does not open"},
		{"a bad option", r.exact("/w:x" + enc), 400, `w: "x"`},
		{"not allowed", r.exact(r.enc(t, "https://hush.example/denied.jpg")), 403, "the sealed source is not allowed"},
		{"no URL for the allow-list", r.exact(r.enc(t, "https://hush.example/%zz")), 400, "does not open"},
		{"in a site's URL", r.site(enc), 400, "not supported here"},
		{"in a url-signed URL", r.url(hushed, enc), 400, "not supported here"},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", row.target)
			if response.StatusCode != row.status || !strings.Contains(body, row.says) || strings.Contains(body, "hush") {
				t.Errorf("%d %q, want %d with %q", response.StatusCode, body, row.status, row.says)
			}
		})
	}
	if logs := r.logs.String(); strings.Contains(logs, "hush") {
		t.Errorf("the log shows the source:\n%s", logs)
	}
	if len(r.keys) > 0 {
		t.Errorf("the cache was asked for %q", r.keys)
	}
}

// Whatever fails behind the cache keeps its status and tells nothing else.
func TestSealedFailures(t *testing.T) {
	r := startSealed(t)
	target := r.exact(r.enc(t, hushed))
	cause := errors.New("dial hush.example")
	for kind := fault.Internal; kind <= fault.Limited; kind++ {
		r.err = fault.New(kind, "plain")
		plain, _ := r.do(t, "GET", r.exact("/plain/"+source))
		for _, err := range []error{fault.Wrap(kind, cause, "hush.example: failed"), fmt.Errorf("fetch hush: %w", fault.New(kind, "hush"))} {
			r.err = err
			response, body := r.do(t, "GET", target)
			if response.StatusCode != plain.StatusCode || strings.Contains(body, "hush") {
				t.Errorf("%s: %d %q, want %d", kind, response.StatusCode, body, plain.StatusCode)
			}
		}
	}
	r.err = fmt.Errorf("hush: %w", context.DeadlineExceeded)
	if response, body := r.do(t, "GET", target); response.StatusCode != 504 || strings.Contains(body, "hush") {
		t.Errorf("deadline: %d %q", response.StatusCode, body)
	}
	if logs := r.logs.String(); strings.Contains(logs, "hush") {
		t.Errorf("the log shows the source:\n%s", logs)
	}
}
