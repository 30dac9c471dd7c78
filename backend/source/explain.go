package source

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"github.com/gip4all/gip4all/backend/fault"
)

// explain gives an error of a download its kind and a message that names the host the
// visitor asked for, and never an address it resolved to or was redirected to: those are
// in the cause, for the log. ctx is the caller's, without our own deadline.
func explain(ctx context.Context, host string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("fetch %s: %w", host, context.Canceled)
	}
	if kind := fault.KindOf(err); kind != fault.Internal {
		// Unwrapped, for the log would say the same twice.
		return fault.Wrap(kind, errors.Unwrap(err), "%s: %s", host, fault.Message(err))
	}
	var unresolved *net.DNSError
	var uncertified *tls.CertificateVerificationError
	switch {
	case ctx.Err() != nil || isTimeout(err):
		return fault.Wrap(fault.Timeout, err, "%s: the origin took too long", host)
	case errors.As(err, &unresolved):
		return fault.Wrap(fault.Upstream, err, "%s: the host name does not resolve", host)
	case errors.As(err, &uncertified):
		return fault.Wrap(fault.Upstream, err, "%s: the origin's certificate is not valid", host)
	case isRefusal(err):
		return fault.Wrap(fault.Upstream, err, "%s: the origin cannot be reached", host)
	}
	return fault.Wrap(fault.Upstream, err, "%s: the origin's answer is broken or broke off", host)
}

func isTimeout(err error) bool {
	var timed net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timed) && timed.Timeout()
}

// isRefusal tells a connection that was never made.
func isRefusal(err error) bool {
	var operation *net.OpError
	return errors.As(err, &operation) && operation.Op == "dial"
}
