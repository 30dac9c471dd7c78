package child

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestWorkStampsMarks(t *testing.T) {
	engine := &fake{meta: transform.Meta{Format: transform.JPEG, Width: 40, Height: 20, Pages: 1}}
	logo := "https://a.example/logo.png"
	job := transform.Job{
		Body:   []byte("source"),
		Extras: []transform.Extra{{Source: "https://a.example/other.png", Body: []byte("other")}, {Source: logo, Body: []byte("logo")}},
	}
	job.Options.Marks = transform.Marks{
		{Opacity: 1, Source: logo}, {Opacity: 1, Text: transform.Text{Content: "written"}}, {Opacity: .5, Source: logo},
	}
	if _, err := work(engine, transform.Policy{})(job); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range engine.plan.Stamps.List {
		got = append(got, string(s.Body))
	}
	if len(got) != 3 || got[0] != "logo" || got[1] != "written" || got[2] != "logo" {
		t.Errorf("stamped %q", got)
	}
}

func TestWorkNamesTheMarkThatFails(t *testing.T) {
	photo := transform.Meta{Format: transform.JPEG, Width: 400, Height: 200, Pages: 1}
	text := transform.Mark{Opacity: 1, Text: transform.Text{Content: "written"}}
	for _, row := range []struct {
		name, want string
		kind       fault.Kind
		engine     fake
		marks      transform.Marks
	}{
		{"not fetched", "watermark 1: its image is not at hand", fault.Invalid, fake{meta: photo}, transform.Marks{{Opacity: 1, Source: "https://a.example/"}}},
		{"not written", "watermark 2: the text cannot be written", fault.Invalid,
			fake{meta: photo, writeErr: fault.New(fault.Invalid, "the text cannot be written")}, transform.Marks{{Opacity: 1}, text}},
	} {
		t.Run(row.name, func(t *testing.T) {
			job := transform.Job{Body: []byte("source"), Options: transform.Options{Marks: row.marks}}
			if row.marks[0].Source == "" {
				job.Extras = []transform.Extra{{Body: []byte("the unnamed")}}
			}
			_, err := work(&row.engine, transform.Policy{})(job)
			if fault.KindOf(err) != row.kind || fault.Message(err) != row.want || row.engine.plan != nil {
				t.Errorf("got %v, executed %v", err, row.engine.plan != nil)
			}
		})
	}
}
