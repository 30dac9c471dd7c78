package imageurl

// Names are the short names of all options, in canonical order and then the meta-options: for
// whoever must show that each of them is dealt with.
func Names() []string {
	var names []string
	for _, o := range options() {
		names = append(names, o.name)
	}
	return names
}
