package httpapi

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
)

// concealed is err as it may be shown and logged: about a sealed source only the kind is said,
// because messages and what lies beneath them name hosts, ports, paths and addresses.
func concealed(request imageurl.Request, err error) error {
	if !request.Sealed {
		return err
	}
	_, kind, _ := describe(err)
	if len(request.Marks()) > 0 {
		return fault.New(kind, "the sealed source, or a watermark, %s", outcome(kind))
	}
	return fault.New(kind, "the sealed source %s", outcome(kind))
}

func outcome(kind fault.Kind) string {
	switch kind {
	case fault.Invalid:
		return "or an option does not suit"
	case fault.Denied:
		return "is not allowed"
	case fault.NotFound:
		return "does not exist"
	case fault.TooLarge:
		return "or the result is over a limit"
	case fault.Unsupported:
		return "is not an image that gip reads"
	case fault.Broken:
		return "is broken"
	case fault.Busy:
		return "has to wait: the server is busy, try again"
	case fault.Upstream:
		return "was not had: its origin failed, or an image worker did"
	case fault.Timeout:
		return "took too long; it may still be being made, try again"
	}
	return "failed"
}
