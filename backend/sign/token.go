package sign

import (
	"strconv"
	"strings"
)

const (
	siteLabel = "gip:site:v1"
	urlLabel  = "gip:url:v1"
	tokenSize = 16 // bytes of the MAC; 22 characters. Fixed by the URL grammar, whatever the ring's size
)

// SiteToken gives the public token of a site: it opens any source that the site lists.
// Raising the generation revokes every token of the one before.
func (r Ring) SiteToken(site string, generation int) string {
	return r.first().token(siteLabel, site, generation)
}

// VerifySite says whether token is the site's at this generation, under any key of the
// ring; if not, fault.Denied.
func (r Ring) VerifySite(token, site string, generation int) error {
	return r.verify(token, unsplit(site), func(p Pair) string {
		return p.token(siteLabel, site, generation)
	})
}

// URLToken gives the token that opens one source for a site, listed or not. source is the
// decoded source URL byte for byte.
func (r Ring) URLToken(site string, generation int, source string) string {
	return r.first().token(urlLabel, site, generation, source)
}

// VerifyURL says whether token opens source for the site at this generation, under any
// key of the ring; if not, fault.Denied.
func (r Ring) VerifyURL(token, site string, generation int, source string) error {
	return r.verify(token, unsplit(site), func(p Pair) string {
		return p.token(urlLabel, site, generation, source)
	})
}

// unsplit says that site can stand between NUL bytes: with one inside, a name could claim
// the generation and source of another message. (The source is last, so it may hold any byte.)
func unsplit(site string) bool { return !strings.Contains(site, "\x00") }

func (p Pair) token(label, site string, generation int, source ...string) string {
	fields := append([]string{label, site, strconv.Itoa(generation)}, source...)
	return encode(mac(p.Key, strings.Join(fields, "\x00")), tokenSize)
}
