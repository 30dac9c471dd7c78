package worker

import (
	"bytes"
	"log/slog"
	"sync"
)

const (
	maxLine  = 1 << 10 // bytes of a line that are logged
	maxLines = 200     // of one worker's life: a file that makes a library chatter must not fill the log
	maxTail  = 2 << 10 // bytes that are kept for when the worker dies
)

// printed is what a worker writes to its stdout and stderr: logged line by line at debug
// level, and the end of it kept.
type printed struct {
	log *slog.Logger

	mu     sync.Mutex // guards all below: the writer outlives, shortly, a killed process
	line   []byte     // begun, without its newline
	last   []byte     // whole lines
	stacks bool       // Go is printing the stacks of a crash
	lines  int
}

// Write never fails: a worker must not end because its output is not wanted.
func (p *printed) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for rest := data; len(rest) > 0; {
		part, after, whole := bytes.Cut(rest, []byte("\n"))
		p.line = append(p.line, part[:min(len(part), maxLine-len(p.line))]...)
		if whole {
			p.keep()
			p.tell()
			p.line = p.line[:0]
		}
		rest = after
	}
	return len(data), nil
}

// keep adds the line to the last ones. Pages of stacks follow the line in which Go says why
// it crashed, and would push it out.
func (p *printed) keep() {
	p.stacks = p.stacks || bytes.HasPrefix(p.line, []byte("goroutine ")) || bytes.HasPrefix(p.line, []byte("runtime stack:"))
	if p.stacks {
		return
	}
	p.last = append(append(p.last, p.line...), '\n')
	p.last = bytes.Clone(p.last[max(0, len(p.last)-maxTail):])
}

func (p *printed) tell() {
	p.lines++
	switch {
	case p.lines <= maxLines:
		p.log.Debug("image worker printed", "line", string(p.line))
	case p.lines == maxLines+1:
		p.log.Debug("image worker prints more, which is not logged", "lines", maxLines)
	}
}

// tail is the end of what was printed, at most maxTail bytes and a begun line.
func (p *printed) tail() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := bytes.Clone(p.last)
	if !p.stacks {
		text = append(text, p.line...)
	}
	return string(bytes.TrimSpace(text))
}
