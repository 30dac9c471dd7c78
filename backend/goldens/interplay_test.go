package goldens

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// idle is the end of a URL with a further pipeline that changes nothing.
const idle = "/-/g:no"

// TestInterplay holds that options of different parts work together as each does alone: every
// row is like another URL, which does the same in a simpler way.
func TestInterplay(t *testing.T) {
	k := newKitchen(t)
	webp := transform.Formats(transform.WebP)
	logo, lost := "/"+named("wmu", "logo"), "/"+named("wmu", "missing")
	orSticker, orCard := "/"+named("fiu", "sticker"), "/"+named("fiu", "card")
	const wrong = "/hs:md5:00000000000000000000000000000000"
	for _, row := range []struct {
		name     string
		is, like golden
	}{
		{"a mark in the second pipeline, on every frame", golden{source: "film", options: "w:120/-/wm:1:noea" + logo}, golden{source: "film", options: "w:120/wm:1:noea" + logo}},
		{"a mark between two pipelines of frames", golden{source: "film", options: "w:120/-/wm:1:noea" + logo + idle}, golden{source: "film", options: "w:120/wm:1:noea" + logo}},
		{"words in the second pipeline", golden{options: "w:200/-/wm:1:so/wmt:QW5u:30:ffffff"}, golden{options: "w:200/wm:1:so/wmt:QW5u:30:ffffff"}},
		{"marks in both pipelines", golden{options: "w:200/wm:1:nowe" + logo + "/-/wm:1:soea" + logo}, golden{options: "w:200/wm:1:nowe" + logo + "/wm:1:soea" + logo}},
		{"a tiled mark in the second", golden{options: "w:200/-/wm:0.7:ch:6:6" + logo}, golden{options: "w:200/wm:0.7:ch:6:6" + logo}},
		{"a mark on a transparent second", golden{source: "sticker", options: "w:180/-/wm:1:nowe" + logo}, golden{source: "sticker", options: "w:180/wm:1:nowe" + logo}},
		{"a mark that the next pipeline cuts off", golden{options: "w:200/wm:1:soea" + logo + "/-/c:200:60:no"}, golden{options: "w:200/-/c:200:60:no"}},
		{"a quality by likeness, of the last pipeline", golden{options: "w:240/aq:dssim:0.04:5:60" + idle}, golden{options: "w:240/aq:dssim:0.04:5:60"}},
		{"a quality by size, said in the last", golden{options: "w:230/-/g:no/aq:size:3000:5:90"}, golden{options: "w:230/aq:size:3000:5:90"}},
		{"bytes of a chain", golden{options: "w:200/mb:500" + idle}, golden{options: "w:200/mb:500"}},
		{"the best of a chain", golden{options: "f:best/w:250" + idle, accepts: webp}, golden{options: "f:best/w:250", accepts: webp}},
		{"the best of a chain of a drawing", golden{source: "sticker", options: "f:best/w:180" + idle, accepts: webp}, golden{source: "sticker", options: "f:best/w:180", accepts: webp}},
		{"the best of chained frames", golden{source: "film", options: "f:best/w:120" + idle, accepts: webp}, golden{source: "film", options: "f:best/w:120", accepts: webp}},
		{"the best with a mark", golden{options: "f:best/w:250/-/wm:1" + logo, accepts: webp}, golden{options: "f:best/w:250/wm:1" + logo, accepts: webp}},
		{"a side of the result, with a mark", golden{options: "w:200/mrd:70/-/wm:1:ce:0:0:0.5" + logo}, golden{options: "w:70/wm:1:ce:0:0:0.5" + logo}},
		{"a fallback goes through the chain", golden{source: "missing", options: "w:150/-/pd:20/bg:00a080" + orCard}, golden{options: "w:150/-/pd:20/bg:00a080"}},
		{"a fallback gets the marks", golden{source: "missing", options: "w:200/wm:1:soea" + logo + orCard}, golden{options: "w:200/wm:1:soea" + logo}},
		{"a fallback gets the quality", golden{source: "missing", options: "w:230/aq:size:3000:5:90" + orCard}, golden{options: "w:230/aq:size:3000:5:90"}},
		{"a fallback of frames", golden{options: "w:120" + wrong + "/" + named("fiu", "film")}, golden{source: "film", options: "w:120"}},
		{"a fallback has another checksum", golden{options: "w:180" + wrong + orSticker}, golden{source: "sticker", options: "w:180"}},
		{"a checksum, a chain and a fallback", golden{options: "w:180" + wrong + idle + orSticker}, golden{source: "sticker", options: "w:180"}},
		{"raw falls back to raw", golden{source: "missing", options: "raw:1" + orCard}, golden{options: "raw:1"}},
		{"raw takes no mark", golden{options: "raw:1/wm:1" + logo}, golden{options: "raw:1"}},
		{"raw asks for no mark", golden{options: "raw:1/wm:1" + lost}, golden{options: "raw:1"}},
		{"raw has no chain", golden{options: "raw:1/-/wm:1" + logo}, golden{options: "raw:1"}},
		{"skipped with a mark", golden{options: "skp:jpeg/-/wm:1" + logo}, golden{options: "raw:1"}},
		{"a placeholder has no mark", golden{options: "ph:lqip/wm:1" + logo}, golden{options: "ph:lqip"}},
		{"chained drawing", golden{source: "drawing", options: "w:160" + idle}, golden{source: "drawing", options: "w:160"}},
		{"a drawing is enlarged by its own pipeline alone", golden{source: "drawing", options: "w:40/-/w:160"}, golden{source: "drawing", options: "w:40"}},
		{"a drawing that nothing asks pixels of, but the chain", golden{source: "drawing", options: "-/w:40"}, golden{source: "drawing", options: "w:80/-/w:40"}},
		{"a mark takes pixels of a drawing", golden{source: "drawing", options: "wm:1" + logo}, golden{source: "drawing", options: "w:80/wm:1" + logo}},
		{"pixels of a drawing are none to skip", golden{source: "drawing", options: "w:160/skp:png" + idle}, golden{source: "drawing", options: "w:160"}},
		{"chained page", golden{source: "paper", options: "w:160/-/g:no/pg:1"}, golden{source: "paper", options: "w:160/pg:1"}},
		{"a mark on a chained page", golden{source: "paper", options: "w:160/pg:1/-/wm:1" + logo}, golden{source: "paper", options: "w:160/pg:1/wm:1" + logo}},
		{"chained scan stays one", golden{source: "scan", options: "w:110" + idle}, golden{source: "scan", options: "w:110"}},
		{"chained scan with a mark", golden{source: "scan", options: "w:110/f:jpeg/-/wm:1:no" + logo}, golden{options: "w:110/wm:1:no" + logo}},
		{"chained preview of a camera", golden{source: "raw", options: "w:260" + idle}, golden{source: "raw", options: "w:260"}},
		{"a part of a preview, with a mark", golden{source: "raw", options: "c:300:200:we/-/w:120/-/wm:1:soea" + logo}, golden{source: "turned", options: "c:300:200:we/w:120/wm:1:soea" + logo}},
		{"a camera's file marks", golden{options: "w:200/-/wm:1:soea/wms:60:40/" + named("wmu", "raw")}, golden{options: "w:200/wm:1:soea/wms:60:40/" + named("wmu", "card")}},
		{"a drawing marks", golden{options: "w:200/-/wm:1:soea/" + named("wmu", "drawing")}, golden{options: "w:200/wm:1:soea/" + named("wmu", "drawing")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, print := k.make(t, row.is)
			_, like := k.make(t, row.like)
			if how := print.differs(like); how != "" {
				t.Errorf("%s is not like %s: %s", row.is.name(), row.like.name(), how)
			}
		})
	}
}

// TestRefusals: what excludes each other says so, and a fallback hides nothing that is not its
// source's.
func TestRefusals(t *testing.T) {
	k := newKitchen(t)
	orSticker := "/" + named("fiu", "sticker")
	for _, row := range []struct {
		name, source, options string
		kind                  fault.Kind
		says                  string
	}{
		{"a mark that is missing, with a fallback", "card", "wm:1/" + named("wmu", "missing") + orSticker, fault.NotFound, "the watermark does not exist"},
		{"a mark that is missing, in the second pipeline", "card", "w:9/-/wm:1/" + named("wmu", "missing"), fault.NotFound, "the watermark does not exist"},
		{"a drawing stays one, chained", "drawing", "f:svg/-/w:40", fault.Invalid, "format svg is given only of the whole drawing as it is: no size, crop or effect can be asked for with it"},
		{"a drawing stays one, marked", "drawing", "f:svg/wm:1/" + named("wmu", "logo"), fault.Invalid, "format svg is given only of the whole drawing as it is: no size, crop or effect can be asked for with it"},
		{"a photograph becomes a drawing, chained", "card", "f:svg/-/w:40", fault.Invalid, "format svg is for SVG sources only; this one is jpeg"},
		{"a raw drawing, chained", "drawing", "raw:1/-/w:40", fault.Unsupported, "the source is image/svg+xml, which is not served raw"},
		{"a page that is none, chained", "paper", "pg:2/-/w:40", fault.Invalid, "page 2 is not from 0 to 1, the last of this source"},
		{"a source over its limit, chained and marked", "card", "msr:0.1/-/wm:1/" + named("wmu", "logo"), fault.TooLarge, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			request, err := imageurl.Grammar{}.Parse("/" + row.options + "/plain/local:///" + row.source)
			if err != nil {
				t.Fatal(err)
			}
			_, err = k.renderer.Load(t.Context(), request.Key())
			if err == nil || fault.KindOf(err) != row.kind || row.says != "" && fault.Message(err) != row.says {
				t.Errorf("got %v, want %v: %s", err, row.kind, row.says)
			}
		})
	}
}
