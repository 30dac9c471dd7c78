package imageurl

import "strings"

// String is the canonical path, from its slash: what the zero Grammar parses to r again.
// What negotiation found (Options.Accepts) is not part of a URL, and left out; so is that the
// source was sealed: the path shows it.
func (r Request) String() string {
	return r.join(func(o option) string { return o.write(r) })
}

// join writes the options for which arguments gives something, then the source.
func (r Request) join(arguments func(option) string) string {
	var b strings.Builder
	for _, o := range options() {
		if o.write == nil {
			continue
		}
		if text := arguments(o); text != "" {
			b.WriteString("/" + o.name + ":" + text)
		}
	}
	b.WriteString("/plain/" + escape(r.Source, sourceBytes))
	return b.String()
}
