package transform

import (
	"encoding/binary"
	"slices"
)

// bareAVIF reads the boxes (ISO 14496-12, 23008-12) of a still picture: nothing may be in it
// but the coded picture, its tiles and its transparency, what is needed to show them, and no
// byte of data that belongs to none of these.
func bareAVIF(file []byte) bool {
	var meta []byte
	data := 0 // bytes of coded data
	whole := eachBox(file, func(kind string, body []byte) bool {
		switch kind {
		case "ftyp":
			return true
		case "meta":
			first := meta == nil
			meta = body
			return first && len(body) > 4
		case "mdat":
			data += len(body)
			return true
		}
		return false
	})
	return whole && meta != nil && bareItems(meta[4:], data)
}

// eachBox visits the boxes that fill data, and tells whether they do and all are accepted.
func eachBox(data []byte, accept func(kind string, body []byte) bool) bool {
	for len(data) >= 8 {
		size := int(binary.BigEndian.Uint32(data))
		if size < 8 || size > len(data) || !accept(string(data[4:8]), data[8:size]) {
			return false
		}
		data = data[size:]
	}
	return len(data) == 0
}

// bareItems reads what meta says; data is how many bytes there are for its items to use.
func bareItems(meta []byte, data int) bool {
	used, counted := 0, false
	return eachBox(meta, func(kind string, body []byte) bool {
		switch kind {
		case "hdlr":
			return len(body) >= 12 && string(body[8:12]) == "pict" && len(body) <= 33 // no name to speak of
		case "pitm":
			return true
		case "iinf":
			return bareInfo(body)
		case "iref": // auxl: transparency of; dimg: tile of; prem: premultiplied by. Not thmb, cdsc
			return len(body) >= 4 && eachBox(body[4:], func(kind string, _ []byte) bool {
				return slices.Contains([]string{"auxl", "dimg", "prem"}, kind)
			})
		case "iprp":
			return bareProperties(body)
		case "iloc":
			used, counted = itemBytes(body)
			return counted
		case "idat":
			data += len(body)
			return true
		}
		return false
	}) && counted && used == data
}

// bareInfo passes items that are pictures, and pictures made of tiles.
func bareInfo(body []byte) bool {
	skip := map[byte]int{0: 6, 1: 8}
	if len(body) < 8 || skip[body[0]] == 0 {
		return false
	}
	return eachBox(body[skip[body[0]]:], func(kind string, item []byte) bool {
		if kind != "infe" || len(item) < 12 || item[0] != 2 {
			return false
		}
		what, name := string(item[8:12]), item[12:]
		// libavif and libheif name their items with a word; nothing longer is only that
		return (what == "av01" || what == "grid") && len(name) <= 8
	})
}

func bareProperties(body []byte) bool {
	needed := []string{"ispe", "pixi", "av1C", "colr", "irot", "imir", "clap", "pasp", "auxC", "a1op", "a1lx", "lsel", "clli", "mdcv"}
	return eachBox(body, func(kind string, inner []byte) bool {
		return kind == "ipma" || kind == "ipco" && eachBox(inner, func(kind string, body []byte) bool {
			// a picture beside the picture may be its transparency, but no map of depths
			alpha := kind != "auxC" || at(body, 4, "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\x00")
			return slices.Contains(needed, kind) && alpha
		})
	})
}

// itemBytes adds up what iloc (version 0 to 2) says that items use. A length of 0 means up to
// the end of the file, and is not understood here.
func itemBytes(body []byte) (used int, ok bool) {
	r := fields{data: body}
	version := r.take(1)
	r.take(3)
	sizes := r.take(2)
	offset, length, base, index := sizes>>12&15, sizes>>8&15, sizes>>4&15, sizes&15
	if version == 0 {
		index = 0
	}
	wide := 2
	if version == 2 {
		wide = 4
	}
	for range r.take(wide) {
		r.take(wide)
		if version > 0 {
			r.take(2)
		}
		r.take(2)
		r.take(base)
		for range r.take(2) {
			r.take(index)
			r.take(offset)
			part := r.take(length)
			if part <= 0 || r.short {
				return 0, false
			}
			used += part
		}
		if r.short {
			return 0, false
		}
	}
	return used, !r.short && version <= 2 && len(r.data) == 0
}

// fields reads big-endian numbers of 0 to 4 bytes.
type fields struct {
	data  []byte
	short bool // it was asked for more than there is
}

func (f *fields) take(bytes int) (value int) {
	if bytes > 4 || bytes > len(f.data) {
		f.short = true
		return 0
	}
	for _, b := range f.data[:bytes] {
		value = value<<8 | int(b)
	}
	f.data = f.data[bytes:]
	return value
}
