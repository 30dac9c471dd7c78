package imageurl

import (
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// Tags are names by which caches forget an image, here and in front of gip.
const (
	maxTags = 16
	maxTag  = 64 // bytes
)

// readTags puts the tags in order, each once: their order says nothing.
func readTags(p *parser, args []string) error {
	tags := slices.DeleteFunc(slices.Clone(args), func(tag string) bool { return tag == "" })
	slices.Sort(tags)
	tags = slices.Compact(tags)
	if len(tags) > maxTags {
		return fault.New(fault.Invalid, "ct: %d tags are more than %d", len(tags), maxTags)
	}
	for _, tag := range tags {
		if err := CheckTag(tag); err != nil {
			return err
		}
	}
	p.request.Tags = strings.Join(tags, ":")
	return nil
}

// CheckTag says what keeps a text from being a tag. No cache in front of gip takes another as two.
func CheckTag(tag string) error {
	if tag == "" || len(tag) > maxTag {
		return fault.New(fault.Invalid, "tag %q has not 1 to %d bytes", clip(tag), maxTag)
	}
	for i := range len(tag) {
		if c := tag[i]; !isTagByte(c) {
			return fault.New(fault.Invalid, "tag %q holds %q: letters, digits, %q, %q and %q make a tag", tag, tag[i:i+1], "_", "-", ".")
		}
	}
	return nil
}

func isTagByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '.'
}

func writeTags(r Request) string { return r.Tags }

// TagList is the request's tags in order, nil if there are none.
func (r Request) TagList() []string {
	if r.Tags == "" {
		return nil
	}
	return strings.Split(r.Tags, ":")
}

// KeyTagged tells whether a key that Key wrote has the tag, read without the other options.
func KeyTagged(key, tag string) bool {
	options, _, _ := strings.Cut(key, "/plain/")
	for segment := range strings.SplitSeq(options, "/") {
		if list, found := strings.CutPrefix(segment, "ct:"); found {
			return slices.Contains(strings.Split(list, ":"), tag)
		}
	}
	return false
}
