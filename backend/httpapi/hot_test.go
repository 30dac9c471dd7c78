package httpapi_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// dial opens a connection that is closed with the test.
func (r *rig) dial(t *testing.T) (net.Conn, *bufio.Reader) {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(r.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	return connection, bufio.NewReader(connection)
}

func say(t *testing.T, connection io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
}

// hear reads one answer to a GET, and its body.
func hear(t *testing.T, answers *bufio.Reader) (status int, body string) {
	t.Helper()
	response, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func get(target string) string { return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" }

// TestReplaysAndOthersShareAConnection: also where a head comes in pieces, or behind a replay in
// the same packet.
func TestReplaysAndOthersShareAConnection(t *testing.T) {
	r, kept := startHot(t, nil)
	hot := r.exact("/w:31/plain/" + source)
	r.do(t, "GET", hot)
	connection, answers := r.dial(t)
	steps := []struct {
		packets  []string
		statuses []int
		peeks    int32
	}{
		{[]string{get(hot)}, []int{200}, 1},
		{[]string{get("/health")}, []int{200}, 0},
		{[]string{get(hot)[:9], get(hot)[9:]}, []int{200}, 0},
		{[]string{get(hot) + get(hot)}, []int{200, 200}, 2},
		{[]string{get(hot) + get("/health")[:7], get("/health")[7:]}, []int{200, 200}, 1},
		{[]string{get("/nothing") + get(hot)}, []int{404, 200}, 0},
		{[]string{get(hot)}, []int{200}, 1},
	}
	for i, step := range steps {
		kept.peeks.Store(0)
		for n, packet := range step.packets {
			if n > 0 {
				time.Sleep(20 * time.Millisecond) // a packet of its own
			}
			say(t, connection, packet)
		}
		for _, want := range step.statuses {
			if got, _ := hear(t, answers); got != want {
				t.Errorf("step %d: status %d, want %d", i, got, want)
			}
		}
		if got := kept.peeks.Load(); got != step.peeks {
			t.Errorf("step %d: %d replays, want %d", i, got, step.peeks)
		}
	}
}

// TestABodyIsNotARequest: what looks like a hot request in the body of another is not answered.
func TestABodyIsNotARequest(t *testing.T) {
	r, kept := startHot(t, nil)
	hot := r.exact("/w:32/plain/" + source)
	r.do(t, "GET", hot)
	connection, answers := r.dial(t)
	kept.peeks.Store(0)
	say(t, connection, fmt.Sprintf("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", len(get(hot))))
	time.Sleep(20 * time.Millisecond)
	say(t, connection, get(hot))
	if status, _ := hear(t, answers); status != http.StatusMethodNotAllowed {
		t.Errorf("status %d", status)
	}
	if more, err := io.ReadAll(answers); len(more) > 0 || err != nil || kept.peeks.Load() != 0 {
		t.Errorf("%q follows (%v), %d replays", more, err, kept.peeks.Load())
	}
}

// TestShutdownClosesWhatOnlyHadReplays: fasthttp has not seen a request on it.
func TestShutdownClosesWhatOnlyHadReplays(t *testing.T) {
	r, _ := startHot(t, nil)
	hot := r.exact("/w:33/plain/" + source)
	r.do(t, "GET", hot)
	connection, answers := r.dial(t)
	say(t, connection, get(hot))
	hear(t, answers)
	r.client.CloseIdleConnections()
	shutDown(t, r)
	if _, err := answers.ReadByte(); err != io.EOF {
		t.Errorf("the connection gives %v, want its end", err)
	}
}

// TestShutdownLetsAReplayEnd, however slowly it is read.
func TestShutdownLetsAReplayEnd(t *testing.T) {
	r, kept := startHot(t, nil)
	r.more = 16 << 20
	hot := r.exact("/w:34/plain/" + source)
	r.do(t, "GET", hot)
	r.client.CloseIdleConnections()
	kept.peeks.Store(0)
	connection, answers := r.dial(t)
	say(t, connection, get(hot))
	for kept.peeks.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		shutDown(t, r)
	}()
	time.Sleep(100 * time.Millisecond)
	if status, body := hear(t, answers); status != http.StatusOK || len(body) < r.more {
		t.Errorf("status %d, %d bytes", status, len(body))
	}
	<-ended
}

func shutDown(t *testing.T, r *rig) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := r.server.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

// TestShutdownAnswersAFirstRequest, which may be on its way already.
func TestShutdownAnswersAFirstRequest(t *testing.T) {
	r, _ := startHot(t, nil)
	hot := r.exact("/w:35/plain/" + source)
	r.do(t, "GET", hot)
	r.client.CloseIdleConnections()
	one, answerOfOne := r.dial(t)
	other, answerOfOther := r.dial(t)
	time.Sleep(50 * time.Millisecond) // both are accepted
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		shutDown(t, r)
	}()
	time.Sleep(50 * time.Millisecond)
	say(t, one, get(hot))
	say(t, other, get("/health"))
	for _, answers := range []*bufio.Reader{answerOfOne, answerOfOther} {
		if status, _ := hear(t, answers); status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	<-ended
}
