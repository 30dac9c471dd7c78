package imageurl

import (
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Grammar is what a URL may say beyond the fixed grammar. The zero value is that of exact
// URLs without presets. Safe for simultaneous use while nobody changes its maps.
type Grammar struct {
	Presets map[string]string // name → options in URL form, such as "rs:fill:300:200/q:70"
	Levels  map[string]int    // nil: q takes numbers; else it takes these names only, for these qualities (1…100)
	Only    []string          // nil: every option; else the short names a URL may hold ("f" covers the extension)
	Widths  []int             // nil: every width; else the rungs that w may choose
	Formats []string          // nil: every format; else those that f may choose besides auto

	OnlyPresets bool // the options are one segment of presets' names: "card:soft"
	Bounded     bool // limits (msr and the like) may stand in presets only

	Open func(sealed string) (source string, err error) // of enc/ sources; nil: there are none
}

// Parse reads what follows the signature, from its slash. Its errors are fault.Denied for
// an option that is not among Only, else fault.Invalid, and name the token.
func (g Grammar) Parse(path string) (Request, error) {
	p := parser{grammar: g}
	if err := p.path(path); err != nil {
		return Request{}, err
	}
	return p.request, nil
}

// parser is one path being read.
type parser struct {
	grammar   Grammar
	request   Request                // with the pipeline that is being read as its first
	at        int                    // which one that is
	pipelines [maxPipelines]Pipeline // the others
	key       bool                   // a cache key is read, not a URL
	inside    []string               // names of the presets being read, the outermost first
	presets   int                    // how many were read so far
	mark      int                    // the watermark that the option being read is about
}

func (p *parser) path(path string) error {
	names, rest, err := p.grammar.cutNames(path)
	if err != nil {
		return err
	}
	if err := p.presetsFirst(names); err != nil {
		return err
	}
	options, source, extension, err := splitSource(rest, p.grammar.Open)
	if err != nil {
		return err
	}
	p.request.Source = source.url
	p.request.Sealed = source.sealed
	if p.grammar.OnlyPresets && options != "" {
		return fault.New(fault.Invalid, "%q follows the presets' names: nothing but a source may, since options stand in presets only here", clip(options))
	}
	stages, err := p.stages(options)
	if err != nil {
		return err
	}
	return p.finish(stages, extension)
}

// finish applies the URL's own options, over those of the presets that came first.
func (p *parser) finish(stages []stage, extension string) error {
	if err := p.apply(stages); err != nil {
		return err
	}
	if err := p.extension(extension, slices.Concat(stages...)); err != nil {
		return err
	}
	if err := p.chained(); err != nil {
		return err
	}
	p.request = p.request.settled()
	return nil
}

// call is one option as it was written.
type call struct {
	option option
	args   []string // at least one, which may be empty
	mark   int      // the watermark that it is about
}

// stage is the options of one pipeline, as written.
type stage = []call

// stages reads options in URL form; no text is no options.
func (p *parser) stages(text string) ([]stage, error) {
	if text == "" {
		return nil, nil
	}
	stages := []stage{nil}
	table := options()
	for segment := range strings.SplitSeq(text, "/") {
		if segment == nextPipeline {
			if err := p.permit("a further pipeline", segment, nextPipeline); err != nil {
				return nil, err
			}
			stages = append(stages, nil)
			continue
		}
		c, err := p.call(segment, table)
		if err != nil {
			return nil, err
		}
		if c.mark, err = markOf(stages[len(stages)-1], c.option); err != nil {
			return nil, err
		}
		if given(stages, c) {
			return nil, fault.New(fault.Invalid, "option %q is given twice: %q", c.option.name, clip(segment))
		}
		last := &stages[len(stages)-1]
		*last = append(*last, c)
	}
	return stages, nil
}

// given tells whether the last pipeline has the option, or any has one that they all share.
func given(stages []stage, c call) bool {
	if !c.option.whole {
		stages = stages[len(stages)-1:]
	}
	return slices.ContainsFunc(slices.Concat(stages...), func(other call) bool {
		return other.option.name == c.option.name && other.mark == c.mark
	})
}

func (p *parser) call(segment string, table []option) (call, error) {
	name, rest, colon := strings.Cut(segment, ":")
	if !colon || name == "" {
		return call{}, fault.New(fault.Invalid, "%q is not an option: it has no name and colon", clip(segment))
	}
	at := slices.IndexFunc(table, func(o option) bool { return o.answersTo(name) })
	short := name
	if at >= 0 {
		short = table[at].name
	}
	// Before the unknown option: on a site's URLs all that is not listed is forbidden.
	if err := p.permit("option", name, short); err != nil {
		return call{}, err
	}
	if at < 0 {
		return call{}, fault.New(fault.Invalid, "unknown option %q", clip(name))
	}
	args := strings.Split(rest, ":")
	if most := table[at].most; most > 0 && len(args) > most {
		return call{}, tooManyArguments(name, most, segment)
	}
	return call{option: table[at], args: args}, nil
}

// permit checks Only, which does not bind what the owner wrote into presets.
func (p *parser) permit(what, written, short string) error {
	only := p.grammar.Only
	if only == nil || len(p.inside) > 0 || slices.Contains(only, short) {
		return nil
	}
	return fault.New(fault.Denied, "%s %q is not allowed here, only %s", what, clip(written), listed(only))
}

// apply lets presets go first, then meta-options, so that what is more specific wins
// wherever it stands. The first stage is the pipeline being read.
func (p *parser) apply(stages []stage) error {
	for _, stage := range stages {
		if err := clash(stage); err != nil {
			return err
		}
	}
	begin := p.at
	for _, r := range [...]rank{preset, meta, specific} {
		for i, stage := range stages {
			if err := p.applyRank(r, begin+i, stage); err != nil {
				return err
			}
		}
	}
	return p.enter(begin)
}

func (p *parser) applyRank(r rank, at int, stage stage) error {
	if err := p.enter(at); err != nil {
		return err
	}
	for _, c := range stage {
		if c.option.rank != r {
			continue
		}
		p.mark = c.mark
		if err := p.read(c); err != nil {
			return err
		}
	}
	return nil
}

// extension applies what stood after the source's "@" or "." ("" is nothing).
func (p *parser) extension(name string, calls []call) error {
	if name == "" {
		return nil
	}
	if err := p.permit("extension", name, "f"); err != nil {
		return err
	}
	format, err := transform.ParseResult(clip(name))
	if err != nil {
		return fault.New(fault.Invalid, "extension: %s", fault.Message(err))
	}
	given := &p.request.Options.Format
	explicit := slices.ContainsFunc(calls, func(c call) bool { return c.option.name == "f" })
	if explicit && *given != format {
		return fault.New(fault.Invalid, "extension %q contradicts the option f:%s", name, *given)
	}
	*given = format
	return p.offered(format)
}
