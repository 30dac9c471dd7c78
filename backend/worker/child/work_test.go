package child

import (
	"errors"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// fake notes what it is told to execute.
type fake struct {
	meta     transform.Meta
	probeErr error
	execErr  error
	plan     *transform.Plan
	found    transform.Rect
	trimErr  error
	trimmed  bool
	writeErr error
}

func (f *fake) Probe([]byte) (transform.Meta, error) { return f.meta, f.probeErr }

func (f *fake) ProbePage([]byte, transform.Meta, int) (transform.Meta, error) {
	return f.meta, f.probeErr
}

func (f *fake) FindTrim([]byte, transform.Meta, transform.Trim) (transform.Rect, error) {
	f.trimmed = true
	return f.found, f.trimErr
}

func (f *fake) Savers() transform.FormatSet {
	return transform.Formats(transform.JPEG, transform.WebP, transform.GIF)
}

func (f *fake) Write(l transform.Lettering) ([]byte, error) { return []byte(l.Text), f.writeErr }

func (f *fake) Execute(_ []byte, _ transform.Meta, plan transform.Plan) ([]byte, int, int, error) {
	f.plan = &plan
	return []byte("pixels"), 100, 50, f.execErr
}

func (f *fake) Seek(_ []byte, _ transform.Meta, plan transform.Plan) (transform.Made, error) {
	f.plan = &plan
	return transform.Made{Body: []byte("found"), Format: transform.WebP, Width: 100, Height: 50, Note: "quality: webp 66"}, f.execErr
}

func TestWorkSeeks(t *testing.T) {
	engine := &fake{meta: transform.Meta{Format: transform.JPEG, Width: 400, Height: 200, Pages: 1}}
	result, err := work(engine, transform.Policy{})(transform.Job{Body: []byte("source"),
		Options: transform.Options{Width: 100, Format: transform.Best, Accepts: transform.Formats(transform.WebP)}})
	if err != nil || string(result.Body) != "found" || result.Format != transform.WebP || result.Note != "quality: webp 66" || result.Width != 100 {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestWorkProbesPlansExecutes(t *testing.T) {
	photo := transform.Meta{Format: transform.JPEG, Width: 400, Height: 200, Pages: 1}
	engine := &fake{meta: photo}
	result, err := work(engine, transform.Policy{})(transform.Job{Body: []byte("source"), Options: transform.Options{Width: 100, Format: transform.WebP}})
	if err != nil || string(result.Body) != "pixels" || result.Format != transform.WebP ||
		result.Width != 100 || result.Height != 50 || result.Source != photo {
		t.Errorf("got %+v, %v", result, err)
	}
	if engine.plan == nil || engine.plan.Width != 100 || engine.plan.Height != 50 {
		t.Errorf("executed %+v", engine.plan)
	}
}

func TestWorkStopsAtTheFirstError(t *testing.T) {
	broken := fault.New(fault.Broken, "the image is broken")
	photo := transform.Meta{Format: transform.JPEG, Width: 400, Height: 200, Pages: 1}
	huge := transform.Meta{Format: transform.PNG, Width: 10_000, Height: 10_000, Pages: 1}
	tests := []struct {
		name     string
		engine   fake
		kind     fault.Kind
		executed bool
	}{
		{"header", fake{probeErr: broken}, fault.Broken, false},
		{"a limit, before any pixel", fake{meta: huge}, fault.TooLarge, false},
		{"pixels", fake{meta: photo, execErr: broken}, fault.Broken, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := work(&test.engine, transform.Policy{})(transform.Job{Body: []byte("source"), Options: transform.Options{Width: 10}})
			if fault.KindOf(err) != test.kind || errors.Is(err, broken) != (test.kind == fault.Broken) {
				t.Errorf("got %v", err)
			}
			if (test.engine.plan != nil) != test.executed {
				t.Errorf("executed: %v", test.engine.plan != nil)
			}
		})
	}
}

func TestWorkPassesUntouchedImagesThrough(t *testing.T) {
	animation := transform.Meta{Format: transform.GIF, Width: 30, Height: 20, Pages: 5}
	engine := &fake{meta: animation}
	body := []byte("GIF89a…")
	result, err := work(engine, transform.Policy{})(transform.Job{Body: body})
	if err != nil || &result.Body[0] != &body[0] || result.Format != transform.GIF ||
		result.Width != 30 || result.Height != 20 || engine.plan != nil {
		t.Errorf("got %+v, %v, executed %v", result, err, engine.plan)
	}
}

func TestWorkGivesTheSourceWhereItIsSmaller(t *testing.T) {
	photo := transform.Meta{Format: transform.JPEG, Width: 30, Height: 20, Pages: 1}
	for _, row := range []struct {
		name, source string
		o            transform.Options
		unchanged    bool
	}{
		{"smaller", "small", transform.Options{}, true},
		{"as large", "pixels", transform.Options{}, true},
		{"larger", "pixels!", transform.Options{}, false},
		{"smaller, but resized", "small", transform.Options{Width: 10}, false},
		{"smaller, but another format", "small", transform.Options{Format: transform.WebP}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			body := []byte(row.source)
			result, err := work(&fake{meta: photo}, transform.Policy{})(transform.Job{Body: body, Options: row.o})
			if err != nil || (&result.Body[0] == &body[0]) != row.unchanged {
				t.Errorf("got %q, %v", result.Body, err)
			}
		})
	}
}

func TestWorkNamesWhatItCanSave(t *testing.T) {
	engine := &fake{meta: transform.Meta{Format: transform.JPEG, Width: 30, Height: 20, Pages: 1}}
	_, err := work(engine, transform.Policy{})(transform.Job{Body: []byte("source"), Options: transform.Options{Format: transform.JXL}})
	if fault.KindOf(err) != fault.Invalid || fault.Message(err) != "format jxl cannot be made by the libvips here, which makes jpeg, webp, gif" {
		t.Errorf("got %v", err)
	}
}
