package pipe

import (
	"errors"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Protocol is the version of the messages. The pool compares it, because the binary may
// have been replaced on disk since the server started.
const Protocol = 3

// Start is the pool's first frame: how this worker is to behave for its whole life.
type Start struct {
	Policy      transform.Policy
	MemoryLimit uint64 // bytes of data (RLIMIT_DATA); 0: none
}

// Hello is the worker's answer to Start: ready, or why not.
type Hello struct {
	Protocol int
	Engine   string // which library makes the pixels, and its version
	Failure  string // for the operator
}

// Reply answers the Job with the same ID; the frame's body is the image.
type Reply struct {
	ID            uint64
	Format        transform.Format
	Width, Height int
	Source        transform.Meta
	Took          time.Duration
	Bands         int              `json:",omitempty"`
	Spared        bool             `json:",omitempty"`
	Note          string           `json:",omitempty"`
	Unchanged     bool             // the image is the job's own body, which is not sent back
	Later         transform.Format `json:",omitempty"`
	Retire        bool             // the worker ends itself after this answer
	Failure       *Failure         `json:",omitempty"`
}

// Failure is an error's way through the pipe.
type Failure struct {
	Kind    fault.Kind
	Message string // may be shown to a visitor
	Cause   string // for the log only
}

// maxText bounds each text of a Failure, in bytes.
const maxText = 4 << 10

// NewFailure takes err apart.
func NewFailure(err error) *Failure {
	message, text := fault.Message(err), err.Error()
	cause := strings.TrimPrefix(strings.TrimPrefix(text, message), ": ")
	return &Failure{Kind: fault.KindOf(err), Message: cut(message), Cause: cut(cause)}
}

// Err puts the error together again: same kind, same message; its cause is a text.
func (f *Failure) Err() error {
	if f.Cause == "" {
		return fault.New(f.Kind, "%s", cut(f.Message))
	}
	return fault.Wrap(f.Kind, errors.New(cut(f.Cause)), "%s", cut(f.Message))
}

func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}
