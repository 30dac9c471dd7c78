package origin

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/source"
)

const (
	// unsaid is how long an original is used unasked whose origin did not say: long enough for
	// all widths of a page, short enough that a replaced picture is soon noticed.
	unsaid = time.Hour
	// keptFor is how long past its age an original is kept that its origin can be asked about.
	keptFor = 30 * 24 * time.Hour
)

// note is what is kept of what the origin said, beside the body.
type note struct {
	MaxAge    time.Duration    `json:"max_age,omitempty"`
	Keeping   source.Keeping   `json:"keeping"`
	Validator source.Validator `json:"validator"`
}

// readNote takes what it cannot read for nothing said: the layers have checksums, so that is
// only what another version wrote.
func readNote(text string) note {
	var n note
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return note{Keeping: source.Keeping{NoCache: true}.Strict()}
	}
	return n
}

func (n note) String() string {
	text, _ := json.Marshal(n) // strings and numbers always encode
	return string(text)
}

// load is the group's loader: it downloads, or has the origin say that what is kept of it is
// still the one. The budget counts what is downloaded until the group has it; then whoever uses
// it holds it.
func (o *Originals) load(ctx context.Context, key string) (cache.Made, error) {
	previous, have := cache.Previous(ctx)
	var known note
	if have {
		known = readNote(previous.Note)
	}
	original, err := o.config.Fetcher.Revalidate(ctx, SourceOf(key), known.Validator)
	if err != nil {
		return cache.Made{}, err
	}
	defer original.Release()
	if original.NotModified {
		original.Body = previous.Body
		if !original.Keeping.Said {
			original.MaxAge, original.Keeping = known.MaxAge, known.Keeping
		}
	}
	return cache.Made{Entry: o.entry(original)}, nil
}

// entry has the times that the origin allows. One that must not be stored is over already.
func (o *Originals) entry(original source.Original) cache.Entry {
	now, keeping := o.config.Now(), original.Keeping
	entry := cache.Entry{
		Body: original.Body, ETag: original.ETag, Created: now, Expires: now,
		Note: note{original.MaxAge, keeping, original.Validator}.String(),
	}
	if keeping.NoStore {
		return entry
	}
	if !keeping.NoCache {
		entry.Expires = now.Add(o.lifetime(original.MaxAge))
	}
	entry.IfError = entry.Expires.Add(spare(keeping.StaleIfError, o.config.Stale))
	if original.Validator != (source.Validator{}) {
		entry.Kept = entry.Expires.Add(keptFor)
	}
	return entry
}

func (o *Originals) lifetime(said time.Duration) time.Duration {
	if said <= 0 {
		said = unsaid
	}
	if most := o.config.MaxAge; most > 0 {
		said = min(said, most)
	}
	return said
}

// spare is how long past its age something may be used: as the origin said, else as the setting.
func spare(said, setting time.Duration) time.Duration {
	if said == 0 {
		said = setting
	}
	return max(said, 0)
}
