//go:build !linux

package cache

import (
	"fmt"
	"io"
	"os"
	"syscall"
)

// Send writes head and then the body to a connection.
func (f *File) Send(connection syscall.Conn, head []byte) error {
	to, ok := connection.(io.Writer)
	if !ok {
		return fmt.Errorf("send cached file: %w", os.ErrInvalid)
	}
	body, err := f.Bytes()
	if err != nil {
		return fmt.Errorf("send cached file: %w", err)
	}
	if _, err := to.Write(append(head[:len(head):len(head)], body...)); err != nil {
		return fmt.Errorf("send cached file: %w", err)
	}
	return nil
}
