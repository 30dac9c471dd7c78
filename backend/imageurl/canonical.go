package imageurl

import "strings"

// String is the canonical path, from its slash: what the zero Grammar parses to r again.
// What negotiation found (Options.Accepts) is not part of a URL, and left out; so is that the
// source was sealed: the path shows it.
func (r Request) String() string {
	return r.join(func(part Request, o option) string { return o.write(part) })
}

// join writes each pipeline's options for which arguments gives something, then the source.
func (r Request) join(arguments func(part Request, o option) string) string {
	var b strings.Builder
	table := options()
	for i, pipeline := range r.pipelines() {
		if i > 0 {
			b.WriteString("/" + nextPipeline)
		}
		part := r.first(pipeline)
		for _, o := range table {
			if o.write == nil || i > 0 && o.whole {
				continue
			}
			if text := arguments(part, o); text != "" {
				b.WriteString("/" + o.name + ":" + text)
			}
		}
	}
	b.WriteString("/plain/" + escape(r.Source, sourceBytes))
	return b.String()
}
