package httpapi

import (
	"bufio"
	"errors"
	"io"
	"net"

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
// held back until the body is there, and both leave by one writev, the body uncopied.
//
// One goroutine serves a connection, so nothing here needs a lock.
type corked struct {
	net.Conn
	corked bool
	held   []byte // what was written while corked; its memory is used again
	body   []byte
}

// send makes body the response's, and holds back what is written until then. fasthttp closes
// the stream in any case, also when the body is not sent (HEAD).
func (c *corked) send(response *fasthttp.Response, body []byte) {
	c.corked, c.held, c.body = true, c.held[:0], body
	response.SetBodyStream(c.stream(), len(body))
}

// Write holds p back while the connection is corked.
func (c *corked) Write(p []byte) (int, error) {
	if !c.corked {
		return c.Conn.Write(p)
	}
	c.held = append(c.held, p...)
	return len(p), nil
}

// release writes what was held back, and the body unless it is nil.
func (c *corked) release(body []byte) error {
	held := c.held
	c.corked, c.held, c.body = false, c.held[:0], nil
	if len(held)+len(body) == 0 {
		return nil
	}
	buffers := net.Buffers{held, body}
	_, err := buffers.WriteTo(c.Conn)
	return err
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
	c, size := (*corked)(b), int64(len(b.body))
	if buffer, ok := w.(*bufio.Writer); ok {
		if err := buffer.Flush(); err != nil {
			return 0, err
		}
	}
	if err := c.release(b.body); err != nil {
		return 0, err
	}
	return size, nil
}

// Close lets what was held back go, when no body followed.
func (b *corkedBody) Close() error { return (*corked)(b).release(nil) }
