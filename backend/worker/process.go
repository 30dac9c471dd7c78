package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// process is one worker. Its keeper starts, lends and reaps it; whoever has borrowed it may
// use exchange, and then giveBack once. The fields below the line are changed only by whoever
// has it at the time; back hands them over.
type process struct {
	pid    int
	engine string    // as it said in its Hello
	born   time.Time // when it was started
	done   chan struct{}
	back   chan struct{}

	cmd     *exec.Cmd
	jobPipe *os.File
	replies *os.File
	lending *os.File // what is lent goes through it
	printed *printed
	once    sync.Once // of kill

	jobs    int    // lent so often
	worn    bool   // not to be lent again
	because error  // why it is worn, or nil if nothing is wrong with it
	claim   *claim // of the borrower on its successor, or nil
}

// claim asks a keeper for the next process it starts, ahead of everyone who waits for a free
// one. It is answered at most once, by a process or by why none could be started.
type claim struct {
	next chan successor
	left <-chan struct{} // closed when the claimant waits no longer
}

type successor struct {
	worker *process
	err    error
}

// launch starts a process and waits for its Hello. It must be called by a keeper, on its
// thread.
func launch(ctx context.Context, config Config, number int) (*process, error) {
	w, err := spawn(config, number)
	if err != nil {
		return nil, err
	}
	if err := w.greet(ctx, config); err != nil {
		w.kill()
		<-w.done
		return nil, fmt.Errorf("%w (%s, printed %q)", err, w.state(), w.printed.tail())
	}
	return w, nil
}

func spawn(config Config, number int) (*process, error) {
	folder, err := os.MkdirTemp(config.TempDir, "gip-worker-") // mode 0700
	if err != nil {
		return nil, fmt.Errorf("make the worker's folder: %w", err)
	}
	w, err := spawnIn(folder, config, number)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	go w.reap(folder) // ends with the process; the keeper waits for done
	return w, nil
}

func spawnIn(folder string, config Config, number int) (*process, error) {
	theirJobs, jobs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirJobs.Close()
	replies, theirReplies, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, jobs.Close())
	}
	defer theirReplies.Close()
	lending, lent, err := pipe.Lending()
	if err != nil {
		return nil, errors.Join(err, jobs.Close(), replies.Close())
	}
	defer lent.Close()
	w := &process{
		born: time.Now(), done: make(chan struct{}), back: make(chan struct{}, 1),
		jobPipe: jobs, replies: replies, lending: lending,
		printed: &printed{log: config.Log.With("worker", number)},
	}
	w.cmd = command(config, folder, w.printed, pipe.Bequeath(theirJobs, theirReplies, lent))
	if err := w.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start a worker: %w", err), jobs.Close(), replies.Close(), lending.Close())
	}
	w.pid = w.cmd.Process.Pid
	return w, nil
}

func command(config Config, folder string, output *printed, files []*os.File) *exec.Cmd {
	cmd := exec.Command(config.Command[0], config.Command[1:]...) //nolint:gosec,noctx // argv is our own program's; it is ended by kill, not by a context
	cmd.Env = config.environment(folder)
	cmd.ExtraFiles = files
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // see keeper.run
	cmd.WaitDelay = 2 * time.Second                                    // should something else hold its stderr open
	return cmd
}

// reap waits for the process, so that it never stays a zombie, and cleans up after it.
func (w *process) reap(folder string) {
	_ = w.cmd.Wait() // how it ended is in ProcessState
	_ = os.RemoveAll(folder)
	close(w.done)
}

func (w *process) greet(ctx context.Context, config Config) error {
	ctx, cancel := context.WithTimeoutCause(ctx, config.StartTimeout,
		fmt.Errorf("a worker was not ready after %s", config.StartTimeout))
	defer cancel()
	defer context.AfterFunc(ctx, w.kill)()
	var hello pipe.Hello
	err := w.hear(pipe.Start{Policy: config.Policy, MemoryLimit: config.MemoryLimit}, &hello)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("a worker did not get ready: %w", err)
	case hello.Failure != "":
		return fmt.Errorf("a worker did not get ready: %s", hello.Failure)
	case hello.Protocol != pipe.Protocol:
		return fmt.Errorf("the worker speaks protocol %d, not %d: has the program been replaced?", hello.Protocol, pipe.Protocol)
	}
	w.engine = hello.Engine
	return nil
}

func (w *process) hear(start pipe.Start, hello *pipe.Hello) error {
	if err := pipe.Write(w.jobPipe, start, nil); err != nil {
		return err
	}
	_, err := pipe.Read(w.replies, hello)
	return err
}

// exchange has one job done. When ctx ends first the process is killed; then, and after any
// error, it is not to be lent again.
func (w *process) exchange(ctx context.Context, parcel pipe.Parcel, room func(int) []byte) (pipe.Reply, []byte, error) {
	stop := context.AfterFunc(ctx, w.kill)
	reply, image, err := w.ask(parcel, room)
	switch killed := !stop(); {
	case killed: // perhaps after its reply, which is then good
		w.spoil(context.Cause(ctx))
	case err != nil:
		w.spoil(err)
	case reply.Retire:
		w.spoil(errors.New("it asked to be replaced"))
	}
	return reply, image, err
}

func (w *process) ask(parcel pipe.Parcel, room func(int) []byte) (pipe.Reply, []byte, error) {
	var reply pipe.Reply
	if err := w.send(parcel); err != nil {
		return reply, nil, fmt.Errorf("send job: %w", err)
	}
	image, err := pipe.ReadInto(w.replies, &reply, room)
	if err != nil {
		return reply, nil, fmt.Errorf("read reply: %w", err)
	}
	if reply.ID != parcel.Job.ID {
		return reply, nil, fmt.Errorf("reply %d to job %d", reply.ID, parcel.Job.ID)
	}
	if reply.Failure == nil && !reply.Unchanged && len(image) == 0 {
		return reply, nil, errors.New("a reply without an image")
	}
	return reply, image, nil
}

func (w *process) send(parcel pipe.Parcel) error {
	if parcel.Memory != nil {
		if err := pipe.Lend(w.lending, parcel.Memory); err != nil {
			return err
		}
	}
	return pipe.Write(w.jobPipe, parcel.Job, parcel.Parts...)
}

func (w *process) giveBack() { w.back <- struct{}{} }

func (w *process) spoil(because error) {
	w.worn, w.because = true, because
}

// kill ends the process at once, and unblocks whoever reads or writes its pipes. It has
// nothing of worth by itself, and a library at work cannot be asked.
func (w *process) kill() {
	w.once.Do(func() {
		_ = w.cmd.Process.Kill() // only fails when it has ended
		_ = w.jobPipe.Close()
		_ = w.replies.Close()
		_ = w.lending.Close()
	})
}

// state is how the process ended; only after done.
func (w *process) state() string { return w.cmd.ProcessState.String() }
