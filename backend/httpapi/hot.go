package httpapi

import (
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

// hotListener gives connections on which hot images are answered.
type hotListener struct {
	net.Listener
	server *Server
}

// Accept gives the next connection, or the listener's own error.
func (l hotListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil || l.server.Peek == nil {
		return connection, err
	}
	hot := &hotConnection{Conn: connection, server: l.server}
	l.server.hot.Store(hot, nil)
	return hot, nil
}

// hotConnection answers what can be replayed before fasthttp hears of it: where a request is to
// begin, it reads its head, writes the answer, and reads on. Whatever it does not know for sure
// fasthttp reads as if nothing had been there before. Parsing a request into fasthttp's structures
// and out of them again takes longer than all that a replay does.
type hotConnection struct {
	net.Conn
	server  *Server
	turn    atomic.Int32
	out     []byte
	date    dateText
	accept  lastAccept
	parts   [2][]byte
	buffers net.Buffers // parts that are not written yet
	replied time.Time   // when the deadlines were set for a replay; zero: they are fasthttp's
}

// Whose turn it is on a connection. Only the goroutine that serves it changes that, but for
// closing one that waits.
const (
	turnFresh   int32 = iota // for the first request to begin
	turnWaiting              // for a further one: fasthttp has answered all that it read
	turnHot                  // what was read is looked at here, and answered
	turnTheirs               // fasthttp reads a request, or answers it
	turnOver                 // closed
)

// follow is fasthttp's ConnState: it tells where requests begin. A new connection becomes active
// before it is read, and stays fresh.
func follow(connection net.Conn, state fasthttp.ConnState) {
	hot, ok := connection.(*hotConnection)
	switch {
	case !ok:
	case state == fasthttp.StateIdle:
		hot.turn.CompareAndSwap(turnTheirs, turnWaiting)
	case state == fasthttp.StateActive:
		hot.turn.CompareAndSwap(turnWaiting, turnTheirs)
	}
}

var errPanic = errors.New("httpapi: a panic while an answer was sent")

// Read gives what is not answered here.
func (c *hotConnection) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		if err != nil && !c.replied.IsZero() {
			return n, io.EOF // fasthttp would tell the visitor of a timeout, who asked for nothing
		}
		if err != nil || !c.turn.CompareAndSwap(turnWaiting, turnHot) && !c.turn.CompareAndSwap(turnFresh, turnHot) {
			return n, err
		}
		rest, err := c.answerAll(p[:n])
		if len(rest) > 0 {
			c.turn.Store(turnTheirs)
			return copy(p, rest), c.handOver()
		}
		c.turn.Store(turnWaiting)
		if err != nil || c.server.leaving.Load() {
			return 0, io.EOF
		}
		// On a busy server the next request is there when the others have had their turn; read
		// at once, there mostly is nothing yet, and the goroutine is put to sleep and woken.
		runtime.Gosched()
	}
}

// answerAll replays what it can, and gives the rest. An error says that there is nothing more to
// read.
func (c *hotConnection) answerAll(p []byte) (rest []byte, err error) {
	answered := true
	for answered && len(p) > 0 {
		if p, answered, err = c.answer(p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// answer replays the answer to the request that p begins with, and gives what follows it. It is
// not answered where that is not possible; nothing was done then. An error ends the connection.
// Nobody above would catch a panic: it is logged, and a request of which nothing was answered yet
// gets another chance.
func (c *hotConnection) answer(p []byte) (rest []byte, answered bool, err error) {
	begun := false
	defer func() {
		if cause := recover(); cause != nil {
			c.server.Log.Error("panic while replaying an answer", "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
			rest, answered, err = p, begun, nil
			if begun {
				err = errPanic
			}
		}
	}()
	head, rest, ok := scanHead(p)
	if !ok {
		return p, false, nil
	}
	hot, ok := c.server.recall(&head, &c.accept)
	if !ok {
		return p, false, nil
	}
	defer giveBack(hot.found.Entry.File)
	begun = true
	head.closing = head.closing || c.server.leaving.Load()
	err = c.send(&head, &hot)
	c.server.logReplay(c, &head, &hot)
	if err == nil && head.closing {
		err = io.EOF
	}
	return rest, true, err
}

// send writes head and body in one system call, the body uncopied; of a file, by one sendmsg
// and one sendfile.
func (c *hotConnection) send(head *requestHead, hot *hotAnswer) error {
	if err := c.extend(hot.now); err != nil {
		return err
	}
	c.out = c.server.appendHead(c.out[:0], hot, &c.date)
	if head.closing {
		c.out = append(c.out, "Connection: close\r\n"...)
	}
	c.out = append(c.out, "\r\n"...)
	if hot.unchanged || head.bodiless {
		_, err := c.Write(c.out)
		return err
	}
	if err := c.sendWith(hot.found.Entry); err != nil {
		return err
	}
	return c.extend(c.server.Now()) // it may have been read slowly, and only now is nothing to do
}

func (c *hotConnection) sendWith(entry cache.Entry) error {
	if connection, ok := c.Conn.(*net.TCPConn); ok && entry.File != nil {
		return entry.File.Send(connection, c.out)
	}
	body, err := bodyOf(entry)
	if err != nil {
		return err
	}
	c.parts = [2][]byte{c.out, body}
	c.buffers = c.parts[:]
	_, err = c.buffers.WriteTo(c.Conn)
	return err
}

// extend starts the deadlines again. They are counted in minutes, and moving them costs as much
// as finding the image, so they may be a second short.
func (c *hotConnection) extend(now time.Time) error {
	if now.Sub(c.replied) < time.Second {
		return nil
	}
	c.replied = now
	started := time.Now()
	if err := c.SetWriteDeadline(started.Add(writeTimeout)); err != nil {
		return err
	}
	return c.SetReadDeadline(started.Add(idleTimeout))
}

// handOver gives the connection to fasthttp, for which a request has begun.
func (c *hotConnection) handOver() error {
	if c.replied.IsZero() {
		return nil
	}
	c.replied = time.Time{}
	return c.SetReadDeadline(time.Now().Add(readTimeout))
}

// Close leaves an answer that is being written here to its end: fasthttp takes the connection
// for an idle one, which it closes when it shuts down, and then waits for it.
func (c *hotConnection) Close() error {
	for _, turn := range [...]int32{turnTheirs, turnWaiting, turnFresh} {
		if c.turn.CompareAndSwap(turn, turnOver) {
			c.server.hot.Delete(c)
			return c.Conn.Close()
		}
	}
	return nil
}

// leave has every connection end with the answer that it is about, and closes those that wait:
// fasthttp knows nothing of what was answered on a connection before it read from it. What is
// fresh gets its first answer, as long as fasthttp waits for a request.
func (s *Server) leave() {
	s.leaving.Store(true)
	for connection := range s.hot.Range {
		if hot, ok := connection.(*hotConnection); ok && hot.turn.CompareAndSwap(turnWaiting, turnOver) {
			s.hot.Delete(hot)
			_ = hot.Conn.Close()
		}
	}
}

// hotAnswer is all that a replay says.
type hotAnswer struct {
	found     cache.Answer
	head      *preparedHead
	terms     terms
	unchanged bool
	now       time.Time
}

// recall finds the answer to a request in the memo and in the cache; false where there is
// none, and nothing was done.
func (s *Server) recall(head *requestHead, accept *lastAccept) (hot hotAnswer, ok bool) {
	known, ok := s.memo.Get(utils.UnsafeString(head.target))
	if !ok {
		return hot, false
	}
	now := s.Now()
	variant := known.find(head, accept)
	if variant == nil || known.terms.over(now) {
		return hot, false
	}
	found, ok := s.Peek(variant.key)
	// A limit that is exhausted is refused again, with words, by what comes after.
	if !ok || !variant.describes(found.Entry) || s.limits.take(known.site) != nil {
		giveBack(found.Entry.File)
		return hot, false
	}
	hot = hotAnswer{found: found, head: &variant.head, terms: known.terms, now: now}
	if matches(utils.UnsafeString(head.ifNoneMatch), variant.etag) {
		hot.unchanged, hot.head = true, &variant.unchanged
	}
	return hot, true
}

func (s *Server) logReplay(c *hotConnection, head *requestHead, hot *hotAnswer) {
	line := access{method: fiber.MethodGet, status: fiber.StatusOK, bytes: hot.found.Entry.Size(), from: hot.found.From}
	if hot.unchanged {
		line.status, line.bytes = fiber.StatusNotModified, 0
	}
	if !s.logs(line.status) {
		return
	}
	if head.bodiless {
		line.method = fiber.MethodHead
	}
	line.target, line.took = string(head.target), s.Now().Sub(hot.now)
	line.client, _, _ = net.SplitHostPort(c.RemoteAddr().String())
	s.logLine(line)
}

// bodyOf reads the body where it is still in a file.
func bodyOf(entry cache.Entry) ([]byte, error) {
	if entry.File == nil {
		return entry.Body, nil
	}
	return entry.File.Bytes()
}

// giveBack closes a file that was only read, if there is one.
func giveBack(file *cache.File) {
	if file != nil {
		_ = file.Close()
	}
}
