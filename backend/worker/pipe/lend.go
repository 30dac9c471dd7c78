package pipe

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// Lending makes the two ends of what descriptors go through: the pool's, and a worker's.
func Lending() (ours, theirs *os.File, err error) {
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("make a socket pair: %w", err)
	}
	return os.NewFile(uintptr(ends[0]), "lending"), os.NewFile(uintptr(ends[1]), "lent"), nil
}

// Lend sends the memory's descriptor; the job that needs it follows by the pipe. It never waits:
// there is room for one, and a worker takes each before the next job.
func Lend(through *os.File, m *Memory) error {
	var sent error
	err := onSocket(through, func(socket int) {
		sent = unix.Sendmsg(socket, []byte{0}, unix.UnixRights(m.descriptor), nil, unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL)
	})
	if err := errors.Join(err, sent); err != nil {
		return fmt.Errorf("lend memory: %w", err)
	}
	return nil
}

// borrow takes a descriptor that was lent before the job that names it, so it is there.
func borrow(through *os.File) (descriptor int, err error) {
	rights := make([]byte, unix.CmsgSpace(4))
	var length int
	var received error
	err = onSocket(through, func(socket int) {
		_, length, _, _, received = unix.Recvmsg(socket, make([]byte, 1), rights, unix.MSG_DONTWAIT|unix.MSG_CMSG_CLOEXEC)
	})
	if err := errors.Join(err, received); err != nil {
		return 0, fmt.Errorf("take lent memory: %w", err)
	}
	messages, err := unix.ParseSocketControlMessage(rights[:length])
	if err != nil || len(messages) != 1 {
		return 0, fmt.Errorf("take lent memory: %d messages (%w)", len(messages), err)
	}
	descriptors, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(descriptors) != 1 {
		return 0, fmt.Errorf("take lent memory: %d descriptors (%w)", len(descriptors), err)
	}
	return descriptors[0], nil
}

// onSocket runs do while the file cannot be closed.
func onSocket(file *os.File, do func(socket int)) error {
	if file == nil {
		return errors.New("there is no socket")
	}
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	return raw.Control(func(descriptor uintptr) { do(int(descriptor)) })
}
