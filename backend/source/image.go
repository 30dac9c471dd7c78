package source

import "time"

// Original is a fetched source: its whole body, and what the origin said about keeping it.
// Its bytes count against Config.BudgetBytes until Release.
type Original struct {
	Body   []byte
	MaxAge time.Duration // how long the origin lets it be kept; 0: it did not say
	ETag   string        // as the origin sent it; may be empty

	Keeping     Keeping   // what else it said about keeping
	Validator   Validator // what to ask it with whether this is still the one; zero: it cannot be asked
	NotModified bool      // only of Revalidate: it is still the one, and there is no Body

	held *holding // shared by copies of this struct; nil: not from a Fetcher
}

// Release gives the body's bytes back to the fetcher's budget. Call it when the body is no
// longer needed; a second call, also on a copy, does nothing. It does not touch Body.
func (o Original) Release() {
	if o.held != nil {
		o.held.release()
	}
}
