package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// listening finds the process that listens on the port of an address of this machine: 0 where
// there is none, or it is another user's.
func listening(address string) tree {
	parsed, err := url.Parse(address)
	if err != nil {
		return 0
	}
	port, err := strconv.Atoi(parsed.Port())
	if err != nil {
		return 0
	}
	for _, inode := range listeningSockets(port) {
		if pid := holder(inode); pid != 0 {
			return pid
		}
	}
	return 0
}

// listeningSockets are the inodes of the sockets that listen on a port.
func listeningSockets(port int) []string {
	var inodes []string
	for _, table := range [...]string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(table) //nolint:gosec // one of two
		for line := range strings.Lines(string(text)) {
			// sl, local address, remote address, state (0A: listening), …, inode.
			fields := strings.Fields(line)
			if len(fields) > 9 && fields[3] == "0A" && strings.HasSuffix(fields[1], fmt.Sprintf(":%04X", port)) {
				inodes = append(inodes, fields[9])
			}
		}
	}
	return inodes
}

func holder(inode string) tree {
	files, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, file := range files {
		if target, err := os.Readlink(file); err == nil && target == "socket:["+inode+"]" {
			pid, _ := strconv.Atoi(strings.Split(file, "/")[2])
			return tree(pid)
		}
	}
	return 0
}
