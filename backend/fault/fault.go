// Package fault says what kind of failure happened, so that one place can turn any
// error into a status, a log line and a metric.
//
// The promise: the message given to [New] or [Wrap] is safe to show to a visitor; whatever
// lies beneath it, or was wrapped around it, is for the log only.
//
// It knows no HTTP and does no logging.
package fault

import (
	"errors"
	"fmt"
)

// Kind is what went wrong, seen from whoever asked. The zero value is [Internal].
type Kind uint8

// The kinds. Append only: logs and metrics hold their names.
const (
	Internal    Kind = iota // our own mistake; its text is never shown
	Invalid                 // the request is malformed
	Denied                  // not allowed: signature, allow-list, private address
	NotFound                // the source does not exist, or the URL expired
	TooLarge                // over a limit in bytes or pixels
	Unsupported             // not an image, or a format that is not accepted
	Broken                  // an accepted format whose data cannot be decoded
	Busy                    // every slot and the queue are taken; try again
	Upstream                // the origin failed, or a worker died
	Timeout                 // the origin or the work took too long
	Limited                 // more requests than a site may make; slow down
)

// String is the kind's name, as logs and JSON errors carry it.
func (k Kind) String() string {
	names := [...]string{
		"internal", "invalid", "denied", "not_found", "too_large",
		"unsupported", "broken", "busy", "upstream", "timeout", "limited",
	}
	if int(k) >= len(names) {
		return "internal"
	}
	return names[k]
}

type failure struct {
	kind    Kind
	message string
	cause   error
}

// Error gives the public message and, after a colon, the cause.
func (f *failure) Error() string {
	if f.cause == nil {
		return f.message
	}
	return f.message + ": " + f.cause.Error()
}

func (f *failure) Unwrap() error { return f.cause }

// New makes an error of a kind whose message may be shown to a visitor.
func New(kind Kind, format string, args ...any) error {
	return &failure{kind: kind, message: fmt.Sprintf(format, args...)}
}

// Wrap gives cause a kind and a message that may be shown; cause itself is only logged.
func Wrap(kind Kind, cause error, format string, args ...any) error {
	return &failure{kind: kind, message: fmt.Sprintf(format, args...), cause: cause}
}

// KindOf is the kind of the outermost failure in err's chain, or Internal.
func KindOf(err error) Kind {
	var f *failure
	if errors.As(err, &f) {
		return f.kind
	}
	return Internal
}

// Message is the public message of the outermost failure in err's chain. An error that
// no one has given a kind says only that it is internal.
func Message(err error) string {
	var f *failure
	if errors.As(err, &f) && f.kind != Internal {
		return f.message
	}
	return "internal error"
}
