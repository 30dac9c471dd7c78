// Package svg writes an SVG anew, so that it can be shown as it is: only the elements,
// attributes and styles of an allow-list, in one spelling.
//
// The promise: what comes out is well-formed XML without script, links, event handlers,
// animation, foreign elements, DOCTYPE, comments, or anything that is fetched; every reference
// is to a part of the drawing itself. Nothing is copied that was not parsed and allowed.
// Sanitising what comes out changes nothing.
//
// It draws nothing. Package vips refuses beforehand what costs too much to draw.
package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	space    = "http://www.w3.org/2000/svg"
	xlink    = "http://www.w3.org/1999/xlink"
	xmlSpace = "http://www.w3.org/XML/1998/namespace"
	deepest  = 200     // elements inside each other; drawings by hand have twenty
	longest  = 1 << 20 // bytes
)

// Sanitise gives the drawing with nothing but what is allowed. What is not an SVG document in
// UTF-8 is [fault.Broken]; one with a DOCTYPE, or too long or deep, is refused.
func Sanitise(file []byte) ([]byte, error) {
	if len(file) > longest {
		return nil, fault.New(fault.TooLarge, "SVG of %d bytes is over the limit of %d bytes", len(file), longest)
	}
	tokens := xml.NewDecoder(bytes.NewReader(file))
	tokens.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	w := writer{tokens: tokens}
	for {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return w.finished()
		}
		if err != nil {
			return nil, fault.Wrap(fault.Broken, err, "SVG data is broken")
		}
		if err := w.see(token); err != nil {
			return nil, err
		}
	}
}

// writer is the new document so far.
type writer struct {
	tokens *xml.Decoder
	out    bytes.Buffer
	open   []string // names of the elements written and not yet closed
	sheet  strings.Builder
	done   bool // the root is closed
}

func (w *writer) finished() ([]byte, error) {
	if !w.done {
		return nil, fault.New(fault.Broken, "SVG data is broken: there is no <svg>")
	}
	return w.out.Bytes(), nil
}

func (w *writer) see(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return fault.New(fault.Unsupported, "SVG with a DOCTYPE or an entity is not accepted")
	case xml.StartElement:
		return w.start(t)
	case xml.EndElement:
		w.end()
	case xml.CharData:
		w.text(t)
	}
	return nil // comments and instructions are left out
}

// start writes an allowed element, and leaves out any other with all that is in it.
func (w *writer) start(element xml.StartElement) error {
	name := element.Name.Local
	if name == "a" { // what a link shows stays
		name = "g"
	}
	root := len(w.open) == 0
	switch {
	case root && (w.done || name != "svg" || !ours(element.Name.Space)):
		return fault.New(fault.Broken, "SVG data is broken: its root is not one <svg>")
	case len(w.open) == deepest:
		return fault.New(fault.Unsupported, "SVG of more than %d elements inside each other is not accepted", deepest)
	case !in(elements, name) || !ours(element.Name.Space) || !root && w.open[len(w.open)-1] == "style":
		if err := w.tokens.Skip(); err != nil {
			return fault.Wrap(fault.Broken, err, "SVG data is broken")
		}
		return nil
	}
	w.open = append(w.open, name)
	w.out.WriteString("<" + name)
	if root {
		w.out.WriteString(` xmlns="` + space + `"`)
	}
	w.attributes(name, element.Attr)
	w.out.WriteByte('>')
	return nil
}

// ours takes an element without namespace for one of SVG: the root that is written has one.
func ours(namespace string) bool { return namespace == space || namespace == "" }

func (w *writer) end() {
	name := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	if name == "style" {
		w.escape(cleanSheet(w.sheet.String()))
		w.sheet.Reset()
	}
	w.out.WriteString("</" + name + ">")
	w.done = len(w.open) == 0
}

// text keeps what is shown, and a style sheet until all of it is there.
func (w *writer) text(data []byte) {
	if len(w.open) == 0 {
		return
	}
	switch name := w.open[len(w.open)-1]; {
	case name == "style":
		w.sheet.Write(data)
	case in(textual, name):
		w.escape(string(data))
	}
}

func (w *writer) escape(text string) { _ = xml.EscapeText(&w.out, []byte(text)) } // a Buffer's writes do not fail

func (w *writer) attributes(element string, given []xml.Attr) {
	written := map[string]bool{}
	for _, a := range given {
		name, value, ok := allowed(element, a)
		if !ok || written[name] {
			continue
		}
		written[name] = true
		w.out.WriteString(" " + name + `="`)
		w.escape(value)
		w.out.WriteByte('"')
	}
}
