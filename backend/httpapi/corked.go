package httpapi

import (
	"bufio"
	"errors"
	"io"
	"net"
	"syscall"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/valyala/fasthttp"
)

// corking gives connections that can send a header and a cached body in one system call.
type corking struct{ net.Listener }

// Accept gives the next connection, or the listener's own error.
func (l corking) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &corked{Conn: connection}, nil
}

// corked is a connection, and the stream of the body that is sent on it next. Left alone,
// fasthttp writes the header, with or without a copied part of the body, and then the rest:
// two system calls, and two packets. With send, whatever is to be written before the body is
// held back until the body is there, and both leave by one writev, the body uncopied; or, of a
// file, by one sendmsg and one sendfile.
//
// One goroutine serves a connection, so nothing here needs a lock.
type corked struct {
	net.Conn
	corked bool
	held   []byte // what was written while corked; its memory is used again
	entry  cache.Entry
}

// send makes the entry's body the response's, and holds back what is written until then.
// fasthttp closes the stream in any case, also when the body is not sent (HEAD).
func (c *corked) send(response *fasthttp.Response, entry cache.Entry) {
	c.corked, c.held, c.entry = true, c.held[:0], entry
	response.SetBodyStream(c.stream(), entry.Size())
}

// Write holds p back while the connection is corked.
func (c *corked) Write(p []byte) (int, error) {
	if !c.corked {
		return c.Conn.Write(p)
	}
	c.held = append(c.held, p...)
	return len(p), nil
}

// uncork gives what was held back, to be written before the next write.
func (c *corked) uncork() (held []byte) {
	held = c.held
	c.corked, c.held = false, c.held[:0]
	return held
}

// release writes what was held back, and the body.
func (c *corked) release() error {
	held := c.uncork()
	if c.entry.File != nil {
		if connection, ok := c.Conn.(syscall.Conn); ok {
			return c.entry.File.Send(connection, held)
		}
	}
	body, err := bodyOf(c.entry)
	if err != nil {
		return err
	}
	buffers := net.Buffers{held, body}
	_, err = buffers.WriteTo(c.Conn)
	return err
}

// bodyOf reads the body where it is still in a file.
func bodyOf(entry cache.Entry) ([]byte, error) {
	if entry.File == nil {
		return entry.Body, nil
	}
	return entry.File.Bytes()
}

func (c *corked) stream() io.Reader { return (*corkedBody)(c) }

// corkedBody is a corked connection seen as the stream of its next body.
type corkedBody corked

var errUnread = errors.New("httpapi: the body of a corked connection is written, not read")

// Read is never called: io.Copy prefers WriteTo.
func (b *corkedBody) Read([]byte) (int, error) { return 0, errUnread }

// WriteTo sends the body behind all that w has buffered, be it answers to earlier requests of
// the same packet. w writes to this connection.
func (b *corkedBody) WriteTo(w io.Writer) (int64, error) {
	c := (*corked)(b)
	if buffer, ok := w.(*bufio.Writer); ok {
		if err := buffer.Flush(); err != nil {
			return 0, err
		}
	}
	if err := c.release(); err != nil {
		return 0, err
	}
	return int64(c.entry.Size()), nil
}

// Close lets what was held back go, when no body followed, and gives the file back.
func (b *corkedBody) Close() error {
	c := (*corked)(b)
	held, file := c.uncork(), c.entry.File
	c.entry = cache.Entry{}
	giveBack(file)
	if len(held) == 0 {
		return nil
	}
	_, err := c.Conn.Write(held)
	return err
}

// giveBack closes a file that was only read, if there is one.
func giveBack(file *cache.File) {
	if file != nil {
		_ = file.Close()
	}
}
