// Package cameratest writes files that are built as cameras build their RAW files: the
// directories and tags where TIFF/EP, DNG and the makers put them, with noise for the sensor's
// data.
//
// The promise: what a reader needs for finding a preview is as in real files. It is for tests;
// no program that renders RAW data would take these files.
package cameratest

import "encoding/binary"

// Entry is one entry of a directory: a number (uint16, uint32), text or bytes; or Data, which
// is written elsewhere and pointed to.
type Entry struct {
	Tag   uint16
	Value any
}

// Data is bytes that an entry of a number points to, as StripOffsets does.
type Data []byte

// Directory is entries, in the order of their tags, and the directories that its SubIFDs
// entry (which it must have, with any value) names.
type Directory struct {
	Entries []Entry
	Below   []Directory
}

const tagSubIFDs = 0x014a

// Order is a byte order.
type Order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// File writes directories, each the next of the one before, behind a header whose bytes 4 to 7
// are to say where the first one is.
func File(order Order, header string, directories ...Directory) []byte {
	w := writer{order: order, out: []byte(header)}
	next := uint32(0)
	for i := len(directories) - 1; i >= 0; i-- {
		next = w.directory(directories[i], next)
	}
	order.PutUint32(w.out[4:], next)
	return w.out
}

type writer struct {
	order Order
	out   []byte
}

// directory writes what it points to, then itself, and gives its place.
func (w *writer) directory(d Directory, next uint32) uint32 {
	below := make([]byte, 0, 4*len(d.Below))
	for _, sub := range d.Below {
		below = w.order.AppendUint32(below, w.directory(sub, 0))
	}
	body := w.order.AppendUint16(nil, uint16(len(d.Entries)))
	for _, e := range d.Entries {
		body = w.order.AppendUint16(body, e.Tag)
		if e.Tag == tagSubIFDs {
			body = w.value(body, 4, len(d.Below), below)
			continue
		}
		body = w.entry(body, e.Value)
	}
	return w.place(w.order.AppendUint32(body, next))
}

func (w *writer) entry(body []byte, value any) []byte {
	switch v := value.(type) {
	case uint16:
		return w.value(body, 3, 1, w.order.AppendUint16(nil, v))
	case uint32:
		return w.value(body, 4, 1, w.order.AppendUint32(nil, v))
	case Data:
		return w.value(body, 4, 1, w.order.AppendUint32(nil, w.place(v)))
	case string:
		return w.value(body, 2, len(v), []byte(v))
	case []byte:
		return w.value(body, 7, len(v), v)
	}
	panic("cameratest: a value of another type")
}

// value writes kind, count and the value itself, or its place if it is longer than four bytes.
func (w *writer) value(body []byte, kind uint16, count int, value []byte) []byte {
	body = w.order.AppendUint32(w.order.AppendUint16(body, kind), uint32(count))
	if len(value) > 4 {
		return w.order.AppendUint32(body, w.place(value))
	}
	return append(append(body, value...), make([]byte, 4-len(value))...)
}

// place appends data at an even offset, as TIFF wants it.
func (w *writer) place(data []byte) uint32 {
	if len(w.out)%2 == 1 {
		w.out = append(w.out, 0)
	}
	at := len(w.out)
	w.out = append(w.out, data...)
	return uint32(at)
}
