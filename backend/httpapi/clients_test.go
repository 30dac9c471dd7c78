package httpapi

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gip4all/gip4all/backend/vectors"
)

// TestClientAddresses: what the clients are tested to write is what a site's grammar takes, of
// a source that the site lists and that is spelled as browsers send it.
func TestClientAddresses(t *testing.T) {
	body, err := vectors.Read("client-attrs.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Config struct {
			Endpoint, Site   string
			Sources, Formats []string
			Widths           []int
			Qualities        map[string]int
		}
		Cases []struct{ Shown json.RawMessage }
	}
	if err := json.Unmarshal(body, &file); err != nil {
		t.Fatal(err)
	}
	grammar := imageurl.Grammar{
		Levels:  file.Config.Qualities,
		Only:    SiteGrammar(site.Policy{}).Only,
		Widths:  file.Config.Widths,
		Formats: file.Config.Formats,
		Presets: map[string]string{"card": "f:png"},
	}
	prefix := file.Config.Endpoint + "/s/" + file.Config.Site
	address := regexp.MustCompile(regexp.QuoteMeta(prefix) + `(/[^ "]+)`)
	seen := map[string]bool{}
	for _, c := range file.Cases {
		for _, found := range address.FindAllStringSubmatch(string(c.Shown), -1) {
			seen[found[1]] = true
		}
	}
	if len(seen) < 20 {
		t.Fatalf("got %d addresses, want at least 20", len(seen))
	}
	for path := range seen {
		request, err := grammar.Parse(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if !strings.HasPrefix(request.Source, file.Config.Sources[0]) || !site.Plain(request.Source) {
			t.Errorf("%s: got source %q, want one below %s, as browsers send it", path, request.Source, file.Config.Sources[0])
		}
	}
}
