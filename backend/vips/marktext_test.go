package vips

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func written(t testing.TB, e *Engine, text transform.Text) result {
	t.Helper()
	return marked(t, e, pngFile(t, flat(400, 200, white)), oneMark(transform.Mark{Text: text}))
}

// ink counts pixels that are not white, and gives the box around them.
func (r result) ink() (pixels, width, height int) {
	left, top, right, bottom := 1<<30, 1<<30, -1, -1
	for y := range r.Bounds().Dy() {
		for x := range r.Bounds().Dx() {
			if !near(r.at(x, y), white, 60) {
				pixels, left, top, right, bottom = pixels+1, min(left, x), min(top, y), max(right, x), max(bottom, y)
			}
		}
	}
	return pixels, right - left + 1, bottom - top + 1
}

func TestTextIsWritten(t *testing.T) {
	e := start(t, transform.Policy{})
	_, small, low := written(t, e, transform.Text{Content: "Hamburg", Size: 20}).ink()
	_, large, high := written(t, e, transform.Text{Content: "Hamburg", Size: 40}).ink()
	if small < 40 || low < 12 || large < small*18/10 || large > small*22/10 || high < low*17/10 {
		t.Errorf("%d×%d at 20 pixels, %d×%d at 40", small, low, large, high)
	}
	_, wide, _ := written(t, e, transform.Text{Content: "Hamburg Berlin", Size: 40}).ink()
	_, narrow, lines := written(t, e, transform.Text{Content: "Hamburg Berlin", Size: 40, Wrap: 220}).ink()
	if wide < 260 || narrow > 220 || lines < high*17/10 {
		t.Errorf("%d wide, wrapped %d×%d", wide, narrow, lines)
	}
	if _, _, two := written(t, e, transform.Text{Content: "a\nb", Size: 40}).ink(); two < 50 {
		t.Errorf("two lines are %d high", two)
	}
	if _, width, _ := written(t, e, transform.Text{Content: strings.Repeat("W", 100), Size: 20}).ink(); width > 400 {
		t.Errorf("%d wide", width)
	}
	ink, _, _ := written(t, e, transform.Text{Content: "MMM", Size: 60, Font: "No Such Family At All"}).ink()
	if ink < 500 {
		t.Errorf("a missing font: %d pixels", ink)
	}
}

func TestTextColour(t *testing.T) {
	e := start(t, transform.Policy{})
	r := written(t, e, transform.Text{Content: "█████", Size: 40, Color: transform.Color{R: 255}})
	r.want(t, "its middle", 200, 100, red)
}

// TestTextIsNoMarkup: what would be bold, large, an entity or broken markup is letters.
func TestTextIsNoMarkup(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, text := range []string{
		`<span size="100000">x</span>`, "<b>", "a < b", "&amp;", "&", `"'>`, "</span><span font='99'>x",
		"%s%n", "日本語 עברית العربية हिन्दी ไทย 👩‍👩‍👧", "\u202eabc", "a\u0301\u0302\u0303",
	} {
		r, err := tryMarked(e, pngFile(t, flat(400, 200, white)), oneMark(transform.Mark{Text: transform.Text{Content: text}}))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if s := r.plan.Stamps.List[0]; s.BoxHeight > 60 || s.BoxWidth > 400 {
			t.Errorf("%q is %d×%d", text, s.BoxWidth, s.BoxHeight)
		}
	}
	_, plain, _ := written(t, e, transform.Text{Content: "x"}).ink()
	if _, tagged, _ := written(t, e, transform.Text{Content: "<i>x</i>"}).ink(); tagged < 4*plain {
		t.Errorf("tags are %d wide, x is %d", tagged, plain)
	}
}

func TestTextOfNothing(t *testing.T) {
	e := start(t, transform.Policy{})
	_, err := tryMarked(e, pngFile(t, flat(40, 40, white)), oneMark(transform.Mark{Text: transform.Text{Content: "\u200b"}}))
	if err != nil && fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v", err)
	}
}
