package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

const open = `<svg xmlns="http://www.w3.org/2000/svg">`

func TestSanitise(t *testing.T) {
	for _, row := range []struct{ name, inner, want string }{
		{"a drawing", `<rect width="4" height="2" fill="#00f"/>`, `<rect width="4" height="2" fill="#00f"></rect>`},
		{"script", `<script>alert(1)</script><g/>`, `<g></g>`},
		{"script of another case", `<SCRIPT>alert(1)</SCRIPT>`, ``},
		{"a handler", `<g onload="alert(1)" id="a"/>`, `<g id="a"></g>`},
		{"foreignObject", `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script/></body></foreignObject>`, ``},
		{"another namespace", `<x:g xmlns:x="urn:x"><path/></x:g>`, ``},
		{"a prefix of ours", `<s:g xmlns:s="http://www.w3.org/2000/svg"/>`, `<g></g>`},
		{"a picture", `<image href="https://example.com/"/>`, ``},
		{"a use of the drawing", `<use xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink"/>`, `<use href="#a"></use>`},
		{"a use of elsewhere", `<use href="https://example.com/#a"/>`, `<use></use>`},
		{"a use of data", `<use href="data:image/svg+xml,x#a"/>`, `<use></use>`},
		{"a link", `<a href="javascript:alert(1)"><path d="M0 0"/></a>`, `<g><path d="M0 0"></path></g>`},
		{"an animation of a link", `<g><set attributeName="href" to="javascript:alert(1)"/></g>`, `<g></g>`},
		{"a gradient", `<path fill="url( '#g' )"/>`, `<path fill="url(#g)"></path>`},
		{"a paint from elsewhere", `<path fill="url(https://example.com/#g)"/>`, `<path></path>`},
		{"a paint from elsewhere behind one of here", `<path fill="url(#g) url(//example.com)"/>`, `<path></path>`},
		{"an escaped function", `<path fill="u\72l(//example.com)"/>`, `<path></path>`},
		{"another function that fetches", `<path mask="image-set('//example.com' 1x)"/>`, `<path></path>`},
		{"a style", `<path style="fill:red; background:url(//example.com);stroke : blue"/>`, `<path style="fill:red;stroke:blue"></path>`},
		{"a sheet", `<style>.a, .b{fill:red} @import "//example.com"; .c{fill:url(//example.com)} g > .d{stroke:blue}</style>`,
			`<style>.a, .b{fill:red}g &gt; .d{stroke:blue}</style>`},
		{"a sheet with its import first", `<style>@import url(//example.com);.a{fill:red}</style>`, `<style></style>`},
		{"a sheet in CDATA", `<style type="text/css"><![CDATA[/* a */.a{fill:red}]]></style>`, `<style type="text/css">.a{fill:red}</style>`},
		{"a sheet split by a comment", `<style>.a{fill:u<!-- -->rl(//example.com)}</style>`, `<style></style>`},
		{"text", `<text x="1">a &lt;b&gt; <tspan>c</tspan></text>`, `<text x="1">a &lt;b&gt; <tspan>c</tspan></text>`},
		{"comments and instructions", `<!-- a --><?xml-stylesheet href="//example.com"?>`, ``},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := Sanitise([]byte(open + row.inner + "</svg>"))
			if want := open + row.want + "</svg>"; err != nil || string(got) != want {
				t.Errorf("got %s, %v\nwant %s", got, err, want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, row := range []struct {
		name, file string
		kind       fault.Kind
	}{
		{"nothing", "", fault.Broken},
		{"a page", "<html></html>", fault.Broken},
		{"an svg of another namespace", `<svg xmlns="urn:x"/>`, fault.Broken},
		{"two roots", open + "</svg>" + open + "</svg>", fault.Broken},
		{"unclosed", open, fault.Broken},
		{"a doctype", `<!DOCTYPE svg [<!ENTITY a "b">]>` + open + "</svg>", fault.Unsupported},
		{"another charset", `<?xml version="1.0" encoding="UTF-7"?>` + open + "</svg>", fault.Broken},
		{"too deep", open + strings.Repeat("<g>", deepest) + strings.Repeat("</g>", deepest) + "</svg>", fault.Unsupported},
		{"too long", open + strings.Repeat(" ", longest) + "</svg>", fault.TooLarge},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got, err := Sanitise([]byte(row.file)); fault.KindOf(err) != row.kind || got != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// FuzzSanitise: what comes out parses, holds nothing that is forbidden, and stays as it is.
func FuzzSanitise(f *testing.F) {
	f.Add([]byte(open + `<a href="#b"><path style="fill:url(#c)" onclick="x"/></a><style>.a{fill:red}</style></svg>`))
	f.Add([]byte(open + `<text xml:space="preserve">&#13;` + "\t" + `a</text><use href="#a"/><script/></svg>`))
	f.Fuzz(func(t *testing.T, file []byte) {
		clean, err := Sanitise(file)
		if err != nil {
			return
		}
		harmless(t, clean)
		if again, err := Sanitise(clean); err != nil || !bytes.Equal(again, clean) {
			t.Errorf("sanitised twice: %q\nonce: %q\n%v", again, clean, err)
		}
	})
}

// harmless reads with its own eyes: no list is shared with what it tests.
func harmless(t *testing.T, file []byte) {
	t.Helper()
	tokens := xml.NewDecoder(bytes.NewReader(file))
	for {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch strings.ToLower(e.Name.Local) {
			case "script", "foreignobject", "image", "feimage", "animate", "set", "a", "iframe", "handler", "filter":
				t.Errorf("an element %s in %q", e.Name.Local, file)
			}
			for _, a := range e.Attr {
				value := strings.ToLower(a.Value)
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") ||
					a.Name.Local == "href" && !strings.HasPrefix(value, "#") ||
					strings.Contains(strings.ReplaceAll(value, "url(#", ""), "url(") || strings.Contains(value, "javascript:") {
					t.Errorf("an attribute %s=%q", a.Name.Local, a.Value)
				}
			}
		case xml.Directive, xml.Comment, xml.ProcInst:
			t.Errorf("a %T in %q", token, file)
		}
		if err != nil {
			t.Fatalf("%v in %q", err, file)
		}
	}
}
