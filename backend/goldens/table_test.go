package goldens

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// golden is one result that is held fast. Its options are its name in goldens.json.
//
// A new option gets a row here, and `go test ./backend/goldens -update` writes what it gives
// now; make goldens draws all of it: look before you commit.
type golden struct {
	source  string // a name of drawSources; "": card
	options string // as in a URL, under short names
	like    string // options of another row of the same source, whose golden this one shares

	accepts transform.FormatSet // of a visitor, for f:auto
	screen  int                 // the visitor's, in its own pixels, for w:auto and dpr:auto, which is 2
}

// presets are those that rows may name.
var presets = map[string]string{"small": "rs:fill:90:90/q:70"}

func (g golden) name() string {
	if g.source == "" {
		g.source = "card"
	}
	name := g.source + " " + g.options
	if strings.HasPrefix(g.options, "f:auto/") || strings.HasPrefix(g.options, "f:best/") {
		name += " for " + g.accepts.String()
	}
	return name
}

// negotiated is what httpapi does for a visitor.
func (g golden) negotiated(r imageurl.Request) imageurl.Request {
	r.Options.Accepts = g.accepts
	return r.Resolve(g.screen, 2)
}

func table() []golden {
	var rows []golden
	for _, part := range [][]golden{sizeRows(), cropRows(), layoutRows(), lookRows(), markRows(), outputRows(), frameRows(), limitRows(), chainRows(), inputRows(), deliveryRows()} {
		rows = append(rows, part...)
	}
	return rows
}

func sizeRows() []golden {
	return []golden{
		{options: "w:200"},
		{options: "h:100"},
		{options: "rt:fit/w:180/h:60"},
		{options: "rt:fill/w:180/h:60"},
		{options: "rt:fill-down/w:600/h:600"},
		{options: "rt:force/w:180/h:60"},
		{options: "rt:auto/w:180/h:60", like: "rt:fill/w:180/h:60"},
		{options: "rt:auto/w:60/h:180"},
		{options: "rs:fill:180:60", like: "rt:fill/w:180/h:60"},
		{options: "s:200:0", like: "w:200"},
		{options: "w:100/dpr:1.4/pd:10"},
		{options: "w:560/el:1"},
		{options: "w:560", like: "w:480"},
		{options: "w:480"},
		{options: "w:60/mw:150"},
		{options: "w:60/mh:110"},
		{options: "w:400/z:0.4"},
		{options: "w:400/z:0.4:0.2"},
		{options: "w:auto", screen: 200, like: "w:200"},
		{options: "w:60/dpr:auto"},
		{source: "turned", options: "w:180"},
		{source: "turned", options: "w:130/ar:0"},
		{options: "w:180/rot:90"},
		{options: "w:180/rot:180"},
		{options: "w:180/rot:270"},
		{options: "w:180/fl:1"},
		{options: "w:180/fl:0:1"},
		{options: "w:180/fl:1:1", like: "w:180/rot:180"},
		{source: "turned", options: "w:180/rot:90/fl:1"},
	}
}

func cropRows() []golden {
	rows := []golden{
		{options: "c:0.5:0.25"},
		{options: "c:200:100:so"},
		{options: "c:200:150/car:3"},
		{options: "c:200:150/car:1:1"},
		{source: "framed", options: "w:200"},
		{source: "framed", options: "t:10/w:190"},
		{source: "framed", options: "t:10:ffffff:1/w:190"},
		{source: "framed", options: "t:10:ffffff:0:1/w:190"},
		{options: "rt:fill/w:60/h:120/g:ea"},
		{options: "c:60:200/g:sm"},
	}
	for _, gravity := range []string{"ce", "no", "so", "ea", "we", "noea", "nowe", "soea", "sowe", "fp:0.75:0.6", "nowe:40:30"} {
		rows = append(rows, golden{options: "c:160:120/g:" + gravity})
	}
	return rows
}

func layoutRows() []golden {
	return []golden{
		{options: "w:180/h:180/ex:1/bg:ffcc00"},
		{options: "w:180/h:180/ex:1:no/bg:ffcc00"},
		{options: "w:600/h:600/exar:1/bg:ffcc00"},
		{options: "w:600/h:600/exar:1:so/f:png"},
		{options: "w:180/pd:10:20:30:40/bg:ffcc00"},
		{options: "w:180/pd:10:20:30:40/f:png"},
		{source: "sticker", options: "w:180"},
		{source: "sticker", options: "w:180/bg:00a080"},
		{source: "sticker", options: "w:180/bg:00a080/bga:0.4"},
		{source: "sticker", options: "w:180/f:jpeg"},
		{source: "sticker", options: "w:180/h:180/ex:1/pd:10/bg:00a080/bga:0.4"},
	}
}

func lookRows() []golden {
	rows := []golden{
		{options: "w:180/br:60"},
		{options: "w:180/co:1.6"},
		{options: "w:180/sa:0.2"},
		{options: "w:180/a:60:1.6:0.2"},
		{options: "w:180/mc:1:ff8000"},
		{options: "w:180/dt:1:200060:ffc040"},
		{options: "w:180/bl:4"},
		{options: "w:180/sh:3"},
		{options: "w:180/pix:12"},
		{options: "w:180/ush:always:2:6"},
		{options: "w:180/col:0.5:00c040"},
		{options: "w:180/gr:1:200060"},
		{options: "w:180/gr:1:200060:right:0.2:0.6"},
		{options: "w:180/rnd:40/f:png"},
		{options: "w:180/rnd:max/f:png"},
		{source: "sticker", options: "w:180/bl:4"},
		{source: "sticker", options: "w:180/col:0.5:00c040"},
		{source: "sticker", options: "w:180/col:0.5:00c040:1"},
	}
	for _, f := range transform.Filters() {
		rows = append(rows, golden{options: "w:180/fi:" + f.Name})
	}
	return rows
}

func outputRows() []golden {
	rows := []golden{
		{options: "w:200/q:10"},
		{options: "w:200/fq:webp:1:jpeg:10", like: "w:200/q:10"},
		{options: "w:200/mb:3000"},
		{options: "w:200/mb:500"},
		{options: "w:200/sm:0"},
		{options: "w:200/kcr:1"},
		{options: "w:200/scp:0"},
		{options: "w:200/eth:1", like: "w:200"},
		{options: "w:200/skp:jpeg"},
		{options: "w:200/raw:1", like: "w:200/skp:jpeg"},
		{options: "f:auto/w:200", accepts: transform.Formats(transform.AVIF, transform.WebP)},
		{options: "f:auto/w:200", accepts: transform.Formats(transform.WebP)},
		{options: "f:auto/w:200", like: "w:200"},
		{options: "f:best/w:250", accepts: transform.Formats(transform.AVIF, transform.WebP)},
		{options: "f:best/w:250", accepts: transform.Formats(transform.WebP)},
		{source: "sticker", options: "f:best/w:200", accepts: transform.Formats(transform.AVIF, transform.WebP)},
		{options: "w:230/aq:size:3000:5:90"},
		{options: "w:240/aq:dssim:0.04:5:60"},
		{options: "w:240/ph:lqip"},
		{options: "ph:blurhash"},
		{options: "ph:thumbhash"},
		{options: "ph:color"},
		{options: "ph:data"},
		{source: "sticker", options: "ph:thumbhash"},
	}
	for _, format := range []string{"png", "webp", "avif", "gif", "tiff", "jxl"} {
		rows = append(rows, golden{options: "w:190/f:" + format})
	}
	return rows
}

func frameRows() []golden {
	return []golden{
		{source: "film", options: "w:120"},
		{source: "film", options: "w:120/f:webp"},
		{source: "film", options: "w:120/h:120/rt:fill/g:ea/f:webp"},
		{source: "film", options: "w:120/h:120/ex:1/pd:5/bg:ffcc00"},
		{source: "film", options: "w:120/da:1"},
		{source: "film", options: "w:120/f:png/pg:2"},
		{source: "film", options: "w:120/f:png/pgs:3"},
		{source: "film", options: "w:120/rot:90/rnd:20"},
	}
}

// markRows draw logo, or written words.
func markRows() []golden {
	const words = "/wmt:wqkgQW5uIEF1dGhvcg" // © Ann Author
	logo := "/" + named("wmu", "logo")
	return []golden{
		{options: "w:200/wm:1:soea:8:8" + logo},
		{options: "w:200/wm:0.4:soea:8:8" + logo},
		{options: "w:200/wm:1:nowe:8:8:0.5" + logo},
		{options: "w:200/wm:1" + logo + "/wms:160:100"},
		{options: "w:200/wm:1" + logo + "/wmr:30"},
		{options: "w:200/wm:0.7:re:6:6" + logo},
		{options: "w:200/wm:0.7:ch:6:6" + logo},
		{options: "w:100/dpr:2/wm:1:soea:8:8" + logo},
		{options: "w:200/wm:1:so:0:6" + words + ":20:ffffff"},
		{options: "w:200/wm:1" + words + ":32:ffcc00:DejaVu%20Serif%20Bold:120/wmr:-20"},
		{options: "w:200/wm:0.8:re:9:9" + words + "/wm:1:noea:8:8" + logo},
		{source: "sticker", options: "w:180/wm:1:nowe" + logo},
		{source: "film", options: "w:120/wm:1:noea" + logo},
	}
}

// limitRows take limits that the picture keeps, but for the last ones.
func limitRows() []golden {
	return []golden{
		{options: "w:200/msr:2", like: "w:200"},
		{options: "w:200/msfs:1000000", like: "w:200"},
		{options: "w:200/mafr:1", like: "w:200"},
		{options: "w:200/mrd:70"},
		{source: "film", options: "w:120/maf:3", like: "w:120"},
		{source: "film", options: "w:120/maf:2", like: "w:120/da:1"},
	}
}

// chainRows are pipelines, each on what the one before made.
func chainRows() []golden {
	return []golden{
		{options: "c:200:150:nowe/-/w:120/pd:10/bg:ffcc00/-/rnd:30/f:png"},
		{options: "w:150/-/pd:20/bg:00a080/-/w:120/rot:90"},
		{options: "w:140/pd:20/bg:ffffff/-/t:10", like: "w:140"},
		{options: "w:140"},
		{options: "w:200/-/wm:1:soea:8:8/" + named("wmu", "logo"), like: "w:200/wm:1:soea:8:8/" + named("wmu", "logo")},
		{source: "film", options: "w:90/-/pd:8/bg:ffcc00"},
		{options: "f:best/c:0.5:0.5/-/w:200", accepts: transform.Formats(transform.WebP)},
	}
}

// inputRows are formats that a setting opens.
func inputRows() []golden {
	return []golden{
		{source: "drawing", options: "w:160"},
		{source: "drawing", options: "w:160/h:60/rt:fill"},
		{source: "paper", options: "w:160"},
		{source: "paper", options: "w:160/pg:1"},
		{source: "scan", options: "w:110/f:jpeg"},
		{source: "raw", options: "w:260"},
	}
}

// deliveryRows change nothing, but for the preset.
func deliveryRows() []golden {
	return []golden{
		{options: "w:200/exp:4000000000", like: "w:200"},
		{options: "w:200/cb:7", like: "w:200"},
		{options: "w:200/ct:rose:red", like: "w:200"},
		{options: "w:200/fn:name", like: "w:200"},
		{options: "w:200/att:1", like: "w:200"},
		{options: "w:200/" + named("fiu", "sticker"), like: "w:200"},
		{source: "drawing", options: "w:160/hs:md5:" + sumOf(drawing), like: "w:160"},
		{source: "missing", options: "w:200/" + named("fiu", "sticker")},
		{options: "pr:small"},
	}
}

// named is an option whose argument is a source in base64.
func named(option, source string) string {
	return option + ":" + base64.RawURLEncoding.EncodeToString([]byte("local:///"+source))
}

func sumOf(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}
