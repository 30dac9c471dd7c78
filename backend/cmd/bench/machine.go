package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// describeMachine is what the numbers depend on.
func (b *bench) describeMachine(ctx context.Context) []string {
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	load, _ := os.ReadFile("/proc/loadavg")
	lines := []string{
		fmt.Sprintf("%s, %d cores, Linux %s, load %s at the start", processor(), runtime.NumCPU(), strings.TrimSpace(string(kernel)), firstWord(string(load))),
		firstLine(ctx, b.gip, "version") + ", " + runtime.Version() + ", libvips " + libvips(ctx),
	}
	if b.nginx != "" {
		lines = append(lines, firstLine(ctx, b.nginx, "-v"))
	}
	for _, peer := range b.peers {
		about := "its processor time and memory are known"
		if peer.tree == 0 {
			about = "its process was not found: no processor time and no memory of it"
		}
		lines = append(lines, peer.name+", running: "+about)
	}
	return lines
}

func (b *bench) describeRun() string {
	var photos []string
	for _, p := range b.photos {
		photos = append(photos, fmt.Sprintf("%d × %d (%.1f MB)", p.width, p.height, float64(len(p.data))/1e6))
	}
	kind := "painted"
	if b.options.photos != "" {
		kind = "real"
	}
	return fmt.Sprintf("%s. %d %s photographs: %s.", b.options, len(photos), kind, strings.Join(photos, ", "))
}

func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, model, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return runtime.GOARCH
}

// libvips is its version, by whichever tool is there.
func libvips(ctx context.Context) string {
	if version := firstLine(ctx, "pkg-config", "--modversion", "vips"); version != "" {
		return version
	}
	return "of unknown version"
}

func firstLine(ctx context.Context, command string, arguments ...string) string {
	out, err := exec.CommandContext(ctx, command, arguments...).CombinedOutput() //nolint:gosec // tools found above
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}
