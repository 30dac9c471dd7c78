package transform

// Geometry is how the picture is cut, turned and laid out beyond resizing. Comparable; the zero value asks for nothing.
type Geometry struct{}
