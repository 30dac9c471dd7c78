package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of the times in /proc/PID/stat: 1/100 s on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// tree is a process and its children, as /proc shows them. 0 is one that nobody found: all its
// numbers are 0.
type tree int

// processes are the root and everything below it.
func (t tree) processes() []int {
	if t == 0 {
		return nil
	}
	pids := []int{int(t)}
	for i := 0; i < len(pids); i++ {
		pids = append(pids, children(pids[i])...)
	}
	return pids
}

func children(pid int) []int {
	var pids []int
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		text, _ := os.ReadFile(task) //nolint:gosec // a path of /proc; one that has gone is empty
		for _, field := range strings.Fields(string(text)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// cpu is the processor time that the tree has used, with that of children that ended.
func (t tree) cpu() time.Duration {
	var ticks int64
	for _, pid := range t.processes() {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		// The name, in parentheses, may hold spaces; utime is the 12th field behind it.
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		for i := 11; i < 15 && i < len(fields); i++ {
			n, _ := strconv.ParseInt(fields[i], 10, 64)
			ticks += n
		}
	}
	return time.Duration(ticks) * tick
}

// peak is the sum of the most memory that each process had resident since resetPeak.
func (t tree) peak() int64 { return t.status("VmHWM:") }

// footprint is the memory that the tree takes now: pages that processes share count once.
func (t tree) footprint() int64 { return t.sum("smaps_rollup", "Pss:") }

func (t tree) status(key string) int64 { return t.sum("status", key) }

// sum adds up what a file of each process says in kilobytes.
func (t tree) sum(file, key string) int64 {
	var sum int64
	for _, pid := range t.processes() {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
		_, rest, found := strings.Cut(string(text), key)
		if !found {
			continue
		}
		kilobytes, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		sum += kilobytes << 10
	}
	return sum
}

// resetPeak starts peak anew, where the kernel lets us.
func (t tree) resetPeak() {
	for _, pid := range t.processes() {
		_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0o600)
	}
}
