package transform

// Look is effects on colours and shapes. Comparable; the zero value asks for nothing.
type Look struct{}
