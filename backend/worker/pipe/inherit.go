package pipe

import (
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The descriptors on which a worker finds its pipes. Not stdin and stdout: a library that
// prints would spoil the frames.
const (
	jobsDescriptor    = 3
	repliesDescriptor = 4
	lentDescriptor    = 5
)

// Line is a worker's end of the talk.
type Line struct {
	Jobs    io.Reader
	Replies io.Writer
	Lent    *os.File // where descriptors of memory come from, see Lend; nil: none do
}

// Inherit opens the line that the pool gave this process, and makes the process deaf to
// the signals that ask a whole group to end (Ctrl-C, a service manager's stop): the server
// finishes its running jobs first and then ends its workers itself.
func Inherit() Line {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	return Line{
		Jobs: os.NewFile(jobsDescriptor, "jobs"), Replies: os.NewFile(repliesDescriptor, "replies"),
		Lent: os.NewFile(lentDescriptor, "lent"),
	}
}

// Bequeath is the pool's half of [Inherit]: the files in the order of the descriptors that a
// child gets them as, for exec.Cmd's ExtraFiles.
func Bequeath(jobs, replies, lent *os.File) []*os.File {
	return []*os.File{jobs, replies, lent}
}
