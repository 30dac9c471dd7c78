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
