package main

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
)

// scarce is a listener that runs out of descriptors before it gives a connection.
type scarce struct {
	net.Listener
	answers []error
}

func (s *scarce) Accept() (net.Conn, error) {
	answer := s.answers[0]
	s.answers = s.answers[1:]
	return nil, answer
}

// TestPatientListener: a shortage is waited out, and only the listener's own end is one.
func TestPatientListener(t *testing.T) {
	wrapped := &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", syscall.EMFILE)}
	inner := &scarce{answers: []error{wrapped, syscall.ENFILE, net.ErrClosed}}
	if _, err := (patient{inner}).Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept gave %v", err)
	}
	if len(inner.answers) != 0 {
		t.Errorf("%d answers were not waited for", len(inner.answers))
	}
}
