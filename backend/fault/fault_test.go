package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestKindAndMessage(t *testing.T) {
	cause := errors.New("dial 10.0.0.7: refused")
	tests := []struct {
		name    string
		err     error
		kind    fault.Kind
		message string
	}{
		{"new", fault.New(fault.Invalid, "w:%d is negative", -1), fault.Invalid, "w:-1 is negative"},
		{"wrap hides its cause", fault.Wrap(fault.Upstream, cause, "the origin refused"), fault.Upstream, "the origin refused"},
		{"wrapped by others", fmt.Errorf("load: %w", fault.New(fault.Busy, "come again")), fault.Busy, "come again"},
		{"the outermost wins", fault.Wrap(fault.Denied, fault.New(fault.NotFound, "inner"), "outer"), fault.Denied, "outer"},
		{"nobody's error", cause, fault.Internal, "internal error"},
		{"our own mistake is not shown", fault.New(fault.Internal, "index 7"), fault.Internal, "internal error"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fault.KindOf(test.err); got != test.kind {
				t.Errorf("kind %s, want %s", got, test.kind)
			}
			if got := fault.Message(test.err); got != test.message {
				t.Errorf("message %q, want %q", got, test.message)
			}
		})
	}
	if err := fault.Wrap(fault.Upstream, cause, "x"); !errors.Is(err, cause) || err.Error() != "x: dial 10.0.0.7: refused" {
		t.Errorf("the log would lose the cause: %v", err)
	}
}

// TestKindNames: names are in logs and JSON errors, so none may be missing or twice.
func TestKindNames(t *testing.T) {
	seen := map[string]bool{}
	for kind := fault.Internal; kind <= fault.Limited; kind++ {
		if name := kind.String(); name == "" || seen[name] {
			t.Errorf("kind %d is called %q, as another is", kind, name)
		}
		seen[kind.String()] = true
	}
	if got := fault.Kind(200).String(); got != "internal" {
		t.Errorf("an unknown kind is called %q", got)
	}
}
