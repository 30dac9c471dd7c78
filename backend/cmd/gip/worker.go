package main

import "github.com/gip4all/gip4all/backend/worker/child"

// workerCommand is one process that makes pixels, for as long as its server keeps its pipes.
type workerCommand struct{}

// Run answers jobs until the pipes close.
func (workerCommand) Run() error { return child.Main() }
