package cache

// Rebuilt waits until the files of the last run are in the index.
func (d *Disk) Rebuilt() { <-d.rebuilt }

// Path is where a key's file lies.
func (d *Disk) Path(key string) string { return d.path(d.nameOf(key)) }

// MaxFailures bounds the memory of failures.
const MaxFailures = maxFailures
