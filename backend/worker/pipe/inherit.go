package pipe

import (
	"os"
	"os/signal"
	"syscall"
)

// The descriptors on which a worker finds its pipes. Not stdin and stdout: a library that
// prints would spoil the frames.
const (
	jobsDescriptor    = 3
	repliesDescriptor = 4
)

// Inherit opens the two pipes that the pool gave this process, and makes the process deaf to
// the signals that ask a whole group to end (Ctrl-C, a service manager's stop): the server
// finishes its running jobs first and then ends its workers itself.
func Inherit() (jobs, replies *os.File) {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	return os.NewFile(jobsDescriptor, "jobs"), os.NewFile(repliesDescriptor, "replies")
}

// Bequeath is the pool's half of [Inherit]: the two files in the order of the descriptors
// that a child gets them as, for exec.Cmd's ExtraFiles.
func Bequeath(jobs, replies *os.File) []*os.File {
	return []*os.File{jobs, replies}
}
