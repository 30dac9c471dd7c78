package imageurl

import (
	"maps"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// maxPresets is how many presets one URL may apply, those that presets name included: it
// stops a few that name each other twice from taking for ever.
const maxPresets = 64

// defaultPreset is applied to every URL of a Grammar that has it, before whatever a URL says.
const defaultPreset = "default"

// presetsFirst applies the default preset, and then those that a URL of OnlyPresets names.
func (p *parser) presetsFirst(names []string) error {
	if _, set := p.grammar.Presets[defaultPreset]; set {
		names = slices.Insert(names, 0, defaultPreset)
	}
	return readPresets(p, names)
}

// cutNames cuts the presets' names off a path of OnlyPresets; as in imgproxy, they are there
// always.
func (g Grammar) cutNames(path string) (names []string, rest string, err error) {
	if !g.OnlyPresets {
		return nil, path, nil
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !strings.HasPrefix(path, "/") || rest == "" {
		return nil, "", fault.New(fault.Invalid, "path %q is not /PRESET:PRESET/SOURCE, which is all that is taken here", clip(path))
	}
	return strings.Split(first, ":"), "/" + rest, nil
}

// Validate applies each preset by itself, and gives every mistake: for the owner, at start.
func (g Grammar) Validate() []error {
	var mistakes []error
	for _, name := range slices.Sorted(maps.Keys(g.Presets)) {
		p := parser{grammar: g}
		if err := p.preset(name); err != nil {
			mistakes = append(mistakes, err)
		}
	}
	return mistakes
}

func readPresets(p *parser, names []string) error {
	for _, name := range names {
		if err := p.preset(name); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) preset(name string) error {
	text, known := p.grammar.Presets[name]
	if !known {
		return fault.New(fault.Invalid, "pr: unknown preset %q", clip(name))
	}
	if slices.Contains(p.inside, name) {
		return fault.New(fault.Invalid, "pr: preset %q names itself: %q", name, strings.Join(append(p.inside, name), " > "))
	}
	if p.presets++; p.presets > maxPresets {
		return fault.New(fault.Invalid, "pr: preset %q is one more than %d", name, maxPresets)
	}
	p.inside = append(p.inside, name)
	err := p.own(text)
	p.inside = p.inside[:len(p.inside)-1]
	if err != nil && len(p.inside) == 0 {
		err = fault.New(fault.KindOf(err), "preset %q: %s", name, fault.Message(err))
	}
	return err
}

// own reads and applies a preset's options.
func (p *parser) own(text string) error {
	stages, err := p.stages(text)
	if err != nil {
		return err
	}
	return p.apply(stages)
}
