package cache

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// Send writes head and then the body to a connection. The body goes from the kernel's cache of
// the file to the socket, and is copied nowhere; head and its beginning leave in one packet.
func (f *File) Send(connection syscall.Conn, head []byte) error {
	raw, err := connection.SyscallConn()
	if err != nil {
		return fmt.Errorf("send cached file: %w", err)
	}
	sending := sending{file: f, head: head, offset: f.offset(), left: f.size}
	if err := raw.Write(sending.step); err != nil {
		return fmt.Errorf("send cached file: %w", err)
	}
	return sending.err
}

// sending is how far a file is sent.
type sending struct {
	file         *File
	head         []byte
	offset, left int64
	err          error
}

// step sends as much as the socket takes; false: call again when it takes more.
func (s *sending) step(socket uintptr) (done bool) {
	for s.err == nil && len(s.head)+int(s.left) > 0 {
		n, err := s.send(int(socket))
		switch {
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EAGAIN):
			return false
		case err != nil:
			s.err = fmt.Errorf("send cached file: %w", err)
		case n == 0:
			s.err = fmt.Errorf("send cached file: %w", io.ErrUnexpectedEOF)
		}
	}
	return true
}

// send is one system call: for the head, then for the body.
func (s *sending) send(socket int) (n int, err error) {
	if len(s.head) > 0 {
		flags := syscall.MSG_NOSIGNAL
		if s.left > 0 {
			flags |= syscall.MSG_MORE
		}
		n, err = syscall.SendmsgN(socket, s.head, nil, nil, flags)
		s.head = s.head[max(n, 0):]
		return n, err
	}
	n, err = syscall.Sendfile(socket, s.file.descriptor, &s.offset, int(s.left)) // moves offset itself
	s.left -= int64(max(n, 0))
	return n, err
}
