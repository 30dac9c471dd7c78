package imageurl

import (
	"slices"
	"strconv"

	"github.com/gip4all/gip4all/backend/fault"
)

// rank orders options by how specific they are.
type rank uint8

const (
	specific rank = iota
	meta
	preset
)

// option is one row of the grammar.
type option struct {
	name string    // canonical, short
	also [2]string // its other names
	most int       // arguments; 0 is any number
	rank rank

	read  func(p *parser, args []string) error // sets its part of p.request
	write func(r Request) string               // its arguments, "" at the default; nil: never in the canonical form
	keyed bool                                 // part of the cache key
	whole bool                                 // about the source or the finished image, in whichever pipeline it stands
	marks bool                                 // part of a watermark, of which there can be several
}

// options is the table, in canonical order.
func options() []option {
	return slices.Concat(sizeOptions(), geometryOptions(), lookOptions(), markOptions(), outputOptions(), framesOptions(), standInOptions(), limitOptions(), checksumOptions(), deliveryOptions(), fallbackOptions(), metaOptions())
}

func sizeOptions() []option {
	return []option{
		{name: "rt", also: [2]string{"resizing_type"}, most: 1, read: readResizingType, write: writeResizingType, keyed: true},
		{name: "w", also: [2]string{"width"}, most: 1, read: readWidth, write: writeWidth, keyed: true},
		{name: "h", also: [2]string{"height"}, most: 1, read: readHeight, write: writeHeight, keyed: true},
		{name: "dpr", most: 1, read: readDPR, write: writeDPR, keyed: true},
		{name: "el", also: [2]string{"enlarge"}, most: 1, read: readEnlarge, write: writeEnlarge, keyed: true},
		{name: "g", also: [2]string{"gravity"}, most: 3, read: readGravity, write: writeGravity, keyed: true},
		{name: "c", also: [2]string{"crop"}, most: 5, read: readCrop, write: writeCrop, keyed: true},
	}
}

func outputOptions() []option {
	return append([]option{
		{name: "q", also: [2]string{"quality"}, most: 1, read: readQuality, write: writeQuality, keyed: true, whole: true},
		{name: "f", also: [2]string{"format", "ext"}, most: 2, read: readFormat, write: writeFormat, keyed: true, whole: true},
		{name: "bg", also: [2]string{"background"}, most: 3, read: readBackground, write: writeBackground, keyed: true},
	}, encodeOptions()...)
}

func deliveryOptions() []option {
	return []option{
		{name: "exp", also: [2]string{"expires"}, most: 1, read: readExpires, write: writeExpires, whole: true},
		{name: "cb", also: [2]string{"cachebuster"}, most: 1, read: readCachebuster, write: writeCachebuster, keyed: true, whole: true},
		{name: "ct", also: [2]string{"cache_tags"}, read: readTags, write: writeTags, keyed: true, whole: true},
		{name: "fn", also: [2]string{"filename"}, most: 2, read: readFilename, write: writeFilename, whole: true},
		{name: "att", also: [2]string{"return_attachment"}, most: 1, read: readAttachment, write: writeAttachment, whole: true},
	}
}

func metaOptions() []option {
	return []option{
		{name: "rs", also: [2]string{"resize"}, most: 8, rank: meta, read: readResize},
		{name: "s", also: [2]string{"size"}, most: 7, rank: meta, read: readSize},
		{name: "pr", also: [2]string{"preset"}, rank: preset, read: readPresets},
	}
}

// answersTo tells whether name, which is not empty, is one of the option's names.
func (o option) answersTo(name string) bool {
	return o.name == name || o.also[0] == name || o.also[1] == name
}

func tooManyArguments(name string, most int, segment string) error {
	return fault.New(fault.Invalid, "option %q takes at most %s: %q", name, counted(most, "argument"), clip(segment))
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
