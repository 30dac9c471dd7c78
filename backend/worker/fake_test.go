package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// TestMain makes the test's own binary the program that pools start.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "fake-worker" {
		os.Exit(fakeWorker(os.Args[2]))
	}
	if len(os.Args) > 2 && os.Args[1] == "fake-server" {
		os.Exit(fakeServer(os.Args[2]))
	}
	os.Exit(m.Run())
}

func fakeCommand(mode string) []string { return []string{os.Args[0], "fake-worker", mode} }

func fakeWorker(mode string) int {
	line := pipe.Inherit()
	mode, file, _ := strings.Cut(mode, " ")
	switch mode {
	case "mute":
		time.Sleep(time.Hour)
	case "exit":
		fmt.Fprintln(os.Stderr, "cannot load libvips.so.42")
		return 3
	case "needs":
		if _, err := os.Stat(file); err != nil {
			fmt.Fprintln(os.Stderr, "a library is missing")
			return 4
		}
	case "old":
		_ = pipe.Write(line.Replies, pipe.Hello{Protocol: pipe.Protocol - 1}, nil)
		time.Sleep(time.Hour)
	}
	err := pipe.Serve(line, func(start pipe.Start) (pipe.Work, string, error) {
		if mode == "refuses" {
			return nil, "", errors.New("the self-test of a PDF passed")
		}
		return fakeWork, "fake 1.0", pipe.Limit(start.MemoryLimit)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// fakeServer is a server in whose pool a job runs until somebody kills the server.
func fakeServer(folder string) int {
	pool, err := New(Config{Command: fakeCommand("serve"), Workers: 1, MemoryLimit: dataLimit, TempDir: folder})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_, err = pool.Transform(context.Background(), transform.Job{Body: []byte("wait " + folder)})
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// fakeWork does what the image's text says.
func fakeWork(job transform.Job) (transform.Result, error) {
	body, options := job.Body, job.Options
	verb, argument, _ := strings.Cut(string(body), " ")
	text := ""
	switch verb {
	case "echo":
		text = fmt.Sprintf("%s at %d", argument, options.Width)
	case "pid":
		text = fmt.Sprint(os.Getpid())
	case "environment":
		text = strings.Join(os.Environ(), "\n")
	case "limits":
		text = limitsNow()
	case "folder":
		return folderReport()
	case "fill":
		return transform.Result{}, os.WriteFile(filepath.Join(os.TempDir(), "big"), make([]byte, 2<<20), 0o600)
	case "unchanged":
		return transform.Result{Body: body, Format: transform.GIF, Width: 1, Height: 1}, nil
	case "fail":
		return transform.Result{}, fault.Wrap(fault.Broken, errors.New("jpeg marker 0xd9"), "the JPEG ends early")
	case "print":
		fmt.Println(argument)
		fmt.Fprintln(os.Stderr, argument)
		text = "printed"
	case "wait":
		text = waitIn(argument)
	default:
		return misbehave(verb, argument)
	}
	return transform.Result{Body: []byte(text), Format: transform.PNG, Width: options.Width, Height: 1}, nil
}

func misbehave(verb, argument string) (transform.Result, error) {
	switch verb {
	case "panic":
		panic("a bad pixel")
	case "crash":
		crash()
	case "crash-once":
		if _, err := os.Stat(argument); err != nil {
			_ = os.WriteFile(argument, nil, 0o600)
			crash()
		}
		return transform.Result{Body: []byte("second try")}, nil
	case "hang":
		time.Sleep(time.Hour)
	case "garbage":
		_, _ = os.NewFile(4, "replies").WriteString("VIPS-WARNING **: something is odd\n")
		time.Sleep(time.Hour)
	case "wrong-id":
		_ = pipe.Write(os.NewFile(4, "replies"), pipe.Reply{ID: 1 << 60}, []byte("another visitor's image"))
		time.Sleep(time.Hour)
	case "failing-raster":
		forge(pipe.Reply{ID: 1, Width: 10, Height: 10, Bands: 3, Failure: pipe.NewFailure(errors.New("it is none"))})
	case "unchanged-raster":
		forge(pipe.Reply{ID: 1, Width: 10, Height: 10, Bands: 3, Unchanged: true})
	case "no-raster":
		forge(pipe.Reply{ID: 1, Width: 10, Height: 10})
	case "hog":
		hog()
	}
	return transform.Result{}, nil // no image and no error
}

// forge answers the first job as no worker does, with a body.
func forge(reply pipe.Reply) {
	_ = pipe.Write(os.NewFile(4, "replies"), reply, make([]byte, 300))
	time.Sleep(time.Hour)
}

func crash() {
	fmt.Fprintln(os.Stderr, "free(): invalid pointer")
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	time.Sleep(time.Hour)
}

// hog takes memory until it gets no more. A limit that would let it take the machine's (the
// race detector forbids a real one from the start) is lowered first.
func hog() {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &limit); err != nil || limit.Cur > 1<<30 {
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20})
	}
	var held [][]byte
	for {
		held = append(held, make([]byte, 1<<26))
		held[len(held)-1][0] = 1
	}
}

func limitsNow() string {
	var lines []string
	for _, resource := range []int{syscall.RLIMIT_DATA, syscall.RLIMIT_FSIZE, syscall.RLIMIT_CORE} {
		var limit syscall.Rlimit
		_ = syscall.Getrlimit(resource, &limit)
		lines = append(lines, fmt.Sprint(limit.Cur, limit.Max))
	}
	return strings.Join(lines, "\n")
}

func folderReport() (transform.Result, error) {
	folder := os.TempDir()
	info, err := os.Stat(folder)
	if err != nil {
		return transform.Result{}, err
	}
	err = os.WriteFile(filepath.Join(folder, "left-behind"), nil, 0o600)
	return transform.Result{Body: []byte(info.Mode().String() + " " + folder)}, err
}

// waitIn tells by a file that it is at work, and ends when there is a file named go.
func waitIn(folder string) string {
	pid := fmt.Sprint(os.Getpid())
	_ = os.WriteFile(filepath.Join(folder, "pid-"+pid), nil, 0o600)
	for {
		if _, err := os.Stat(filepath.Join(folder, "go")); err == nil {
			return "waited in " + pid
		}
		time.Sleep(2 * time.Millisecond)
	}
}
