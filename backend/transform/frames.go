package transform

// Frames is pages and animations. Comparable; the zero value asks for nothing.
type Frames struct{}
