package pipe

import (
	"errors"
	"fmt"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// Memory is bytes that workers read where they are, instead of being sent them: a file that
// lies in memory only (memfd), filled by the pool and sealed, so that no worker can change it
// or cut it short under the others. It is not the garbage collector's: who made it has it until
// Release, and who uses it longer must Hold it. Safe for concurrent use, once it is filled.
type Memory struct {
	descriptor int
	bytes      []byte
	source     []byte // of what was made into the rest; its beginning
	users      atomic.Int32
}

// NewMemory has the source's bytes, and room for so many more behind them.
func NewMemory(source []byte, room int) (*Memory, error) {
	descriptor, err := unix.MemfdCreate("gip", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("make memory for workers: %w", err)
	}
	m := &Memory{descriptor: descriptor}
	if err := m.open(len(source) + room); err != nil {
		return nil, errors.Join(fmt.Errorf("make memory for workers: %w", err), unix.Close(descriptor))
	}
	m.source = m.bytes[:copy(m.bytes, source):len(source)]
	m.users.Store(1)
	return m, nil
}

// open sizes the file, maps it, and seals it for everybody else.
func (m *Memory) open(size int) (err error) {
	// All of it is there before it is written: what the kernel lacks then, it says by a signal
	// that ends the process.
	if err := unix.Fallocate(m.descriptor, 0, 0, int64(size)); err != nil {
		return err
	}
	if m.bytes, err = unix.Mmap(m.descriptor, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err != nil {
		return err
	}
	const seals = unix.F_SEAL_SHRINK | unix.F_SEAL_GROW | unix.F_SEAL_FUTURE_WRITE | unix.F_SEAL_SEAL
	if _, err := unix.FcntlInt(uintptr(m.descriptor), unix.F_ADD_SEALS, seals); err != nil {
		return errors.Join(err, unix.Munmap(m.bytes))
	}
	return nil
}

// Room is what lies behind the source. Whoever makes the memory fills it before others see it.
func (m *Memory) Room() []byte { return m.bytes[len(m.source):] }

// Bytes is how large the memory may grow.
func (m *Memory) Bytes() int { return len(m.bytes) }

// Hold keeps the memory until a Release more.
func (m *Memory) Hold() { m.users.Add(1) }

// Release ends one use. After the last one, nothing of the memory may be looked at any more.
func (m *Memory) Release() {
	if m.users.Add(-1) == 0 {
		_ = unix.Munmap(m.bytes)
		_ = unix.Close(m.descriptor)
	}
}

// offset is where part lies, whose capacity ends with the memory; false: elsewhere.
func (m *Memory) offset(part []byte) (int, bool) {
	if m == nil || len(part) == 0 || cap(part) > len(m.bytes) {
		return 0, false
	}
	at := len(m.bytes) - cap(part)
	return at, &m.bytes[at] == &part[0]
}

// view is a Memory as a worker sees it.
type view []byte

// look maps the memory that a descriptor stands for, and closes the descriptor.
func look(descriptor, size int) (view, error) {
	bytes, err := unix.Mmap(descriptor, 0, size, unix.PROT_READ, unix.MAP_SHARED)
	if err := errors.Join(err, unix.Close(descriptor)); err != nil {
		return nil, fmt.Errorf("map lent memory: %w", err)
	}
	return bytes, nil
}

// part is bytes that the pool says are in the memory.
func (v view) part(offset, size int) ([]byte, error) {
	if offset < 0 || size < 0 || offset > len(v) || size > len(v)-offset {
		return nil, fmt.Errorf("%d bytes at %d of lent memory of %d", size, offset, len(v))
	}
	// Mapping all its pages at once is cheaper than one after the other. Older kernels do not; it
	// is the same without.
	page := offset - offset%unix.Getpagesize()
	_ = unix.Madvise(v[page:offset+size], unix.MADV_POPULATE_READ)
	return v[offset : offset+size : offset+size], nil
}

func (v view) close() {
	if v != nil {
		_ = unix.Munmap(v)
	}
}
