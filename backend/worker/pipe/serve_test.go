package pipe

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// talk runs Serve on pipes in memory. The test is the pool.
type talk struct {
	t     *testing.T
	jobs  *io.PipeWriter
	reply *io.PipeReader
	ended chan error
}

func begin(t *testing.T, open Opener) *talk {
	t.Helper()
	in, jobs := io.Pipe()
	replies, out := io.Pipe()
	talk := &talk{t: t, jobs: jobs, reply: replies, ended: make(chan error, 1)}
	go func() {
		talk.ended <- Serve(Line{Jobs: in, Replies: out}, open)
		_ = out.Close()
	}()
	return talk
}

func (k *talk) send(header any, body string) {
	k.t.Helper()
	if err := Write(k.jobs, header, []byte(body)); err != nil {
		k.t.Fatal(err)
	}
}

func (k *talk) hear(into any) string {
	k.t.Helper()
	body, err := Read(k.reply, into)
	if err != nil {
		k.t.Fatal(err)
	}
	return string(body)
}

func opened(work Work) Opener {
	return func(Start) (Work, string, error) { return work, "fake 1.0", nil }
}

func echo(job transform.Job) (transform.Result, error) {
	body, options := job.Body, job.Options
	switch string(body) {
	case "unchanged":
		return transform.Result{Body: body, Format: transform.GIF}, nil
	case "broken":
		return transform.Result{}, fault.Wrap(fault.Broken, errors.New("detail"), "the image is broken")
	case "panic":
		panic("bad pixel")
	}
	return transform.Result{
		Body: []byte(strings.ToUpper(string(body))), Format: transform.WebP, Width: options.Width, Height: 4,
		Source: transform.Meta{Format: transform.PNG, Width: 9, Height: 9, Pages: 1},
	}, nil
}

func TestServeAnswersJobAfterJob(t *testing.T) {
	var got Start
	talk := begin(t, func(start Start) (Work, string, error) { got = start; return echo, "fake 1.0", nil })
	start := Start{Policy: transform.Policy{SVG: true, Quality: 77}, MemoryLimit: 1 << 40}
	talk.send(start, "")
	var hello Hello
	talk.hear(&hello)
	if want := (Hello{Protocol: Protocol, Engine: "fake 1.0"}); hello != want || got != start {
		t.Errorf("hello %+v, start %+v; want %+v, %+v", hello, got, want, start)
	}
	talk.send(Job{ID: 1, Options: transform.Options{Width: 3}}, "pixels")
	var reply Reply
	body := talk.hear(&reply)
	source := transform.Meta{Format: transform.PNG, Width: 9, Height: 9, Pages: 1}
	if body != "PIXELS" || reply.ID != 1 || reply.Format != transform.WebP || reply.Width != 3 || reply.Height != 4 ||
		reply.Source != source || reply.Failure != nil || reply.Retire || reply.Unchanged {
		t.Errorf("got %q %+v", body, reply)
	}
	talk.send(Job{ID: 2}, "unchanged")
	reply = Reply{}
	if body := talk.hear(&reply); body != "" || !reply.Unchanged || reply.ID != 2 || reply.Format != transform.GIF {
		t.Errorf("unchanged: got %q %+v", body, reply)
	}
	talk.send(Job{ID: 3}, "broken")
	reply = Reply{}
	if talk.hear(&reply); reply.Failure == nil || *reply.Failure != (Failure{fault.Broken, "the image is broken", "detail"}) || reply.Retire {
		t.Errorf("broken: got %+v", reply)
	}
	_ = talk.jobs.Close()
	if err := <-talk.ended; err != nil {
		t.Errorf("the pool closed the pipe: got %v, want nil", err)
	}
}

func TestServeEndsAfterAPanic(t *testing.T) {
	talk := begin(t, opened(echo))
	talk.send(Start{}, "")
	talk.hear(&Hello{})
	talk.send(Job{ID: 5}, "panic")
	var reply Reply
	talk.hear(&reply)
	if f := reply.Failure; !reply.Retire || f == nil || f.Kind != fault.Internal || f.Message != "internal error" ||
		!strings.Contains(f.Cause, "bad pixel") || !strings.Contains(f.Cause, "serve_test.go") {
		t.Errorf("got %+v", reply)
	}
	if err := <-talk.ended; !errors.Is(err, errPanicked) {
		t.Errorf("got %v, want %v", err, errPanicked)
	}
}

func TestServeSaysWhyItDoesNotOpen(t *testing.T) {
	wrong := errors.New("libvips is too old")
	talk := begin(t, func(Start) (Work, string, error) { return nil, "", wrong })
	talk.send(Start{}, "")
	var hello Hello
	talk.hear(&hello)
	if hello.Failure != wrong.Error() {
		t.Errorf("got %+v", hello)
	}
	if err := <-talk.ended; !errors.Is(err, wrong) {
		t.Errorf("got %v, want %v", err, wrong)
	}
}

func TestServeNeedsWholeFrames(t *testing.T) {
	tests := []struct {
		name  string
		start bool
		then  string
		want  string // "" means a clean end
	}{
		{"ends before start", false, "", "read start"},
		{"garbage for start", false, "hello worker, this is no frame", "read start"},
		{"ends between jobs", true, "", ""},
		{"ends in a job", true, frame("gip1", 8, 3, `{"ID":1}x`), "read body"},
		{"garbage for a job", true, "GET / HTTP/1.1\r\n\r\n", "a frame starts with"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			talk := begin(t, opened(echo))
			if test.start {
				talk.send(Start{}, "")
				talk.hear(&Hello{})
			}
			go func() { // Serve may stop reading in the middle
				_, _ = io.WriteString(talk.jobs, test.then)
				_ = talk.jobs.Close()
			}()
			err := <-talk.ended
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			_ = talk.jobs.CloseWithError(io.ErrClosedPipe)
		})
	}
}

// An error of the engine that happens to be io.EOF is no clean end.
func TestServeFailsWhenOpenGivesEOF(t *testing.T) {
	talk := begin(t, func(Start) (Work, string, error) { return nil, "", io.EOF })
	talk.send(Start{}, "")
	talk.hear(&Hello{})
	if err := <-talk.ended; err == nil {
		t.Error("got nil")
	}
}
