package httpapi

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/site"
	"golang.org/x/time/rate"
)

// siteLimits bounds the requests per second of the sites that have a bound. A page asks for
// its images in one breath, so ten seconds' worth may come at once.
type siteLimits map[string]*rate.Limiter

const burstSeconds = 10

func newSiteLimits(sites site.Set) siteLimits {
	limits := siteLimits{}
	for _, name := range sites.Names() {
		policy, _ := sites.Lookup(name)
		if perSecond := policy.RequestsPerSecond; perSecond > 0 {
			limits[name] = rate.NewLimiter(rate.Limit(perSecond), perSecond*burstSeconds)
		}
	}
	return limits
}

func (l siteLimits) take(name string) error {
	if limiter, bounded := l[name]; bounded && !limiter.Allow() {
		return fault.New(fault.Limited, "site %q makes more requests than its limit allows; try again later", name)
	}
	return nil
}

// Signing is rare: a page asks once for what it has not seen signed. The burst is a site's whole
// morning crowd.
const (
	signsPerSecond = 10
	signBurst      = 100
)

func newSignLimits(sites site.Set) siteLimits {
	limits := siteLimits{}
	for _, name := range sites.Names() {
		limits[name] = rate.NewLimiter(signsPerSecond, signBurst)
	}
	return limits
}
