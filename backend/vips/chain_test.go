package vips

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// chained executes options one after the other, as a worker does.
func chained(t testing.TB, e *Engine, body []byte, stages ...transform.Options) []byte {
	t.Helper()
	meta, err := e.Probe(body)
	if err != nil {
		t.Fatal(err)
	}
	job := transform.Job{Options: stages[0], Then: stages[1:]}
	stages = job.Stages(meta)
	meta.Chained = true
	plan, err := transform.MakePlan(meta, stages[0], transform.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	work, err := e.Begin(body, meta, plan)
	if err != nil {
		t.Fatal(err)
	}
	defer work.Close()
	for _, o := range stages[1:] {
		plan = continued(t, work, o)
	}
	made, err := work.Encode(plan)
	if err != nil {
		t.Fatal(err)
	}
	return made.Body
}

func continued(t testing.TB, work *Work, o transform.Options) transform.Plan {
	t.Helper()
	plan, err := transform.MakePlan(work.Meta(), o, transform.Policy{})
	if o.Trims(work.Meta()) {
		found, trimErr := work.FindTrim(o.Geometry.Trim)
		if trimErr != nil {
			t.Fatal(trimErr)
		}
		plan, err = transform.MakeTrimmedPlan(work.Meta(), found, o, transform.Policy{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := work.Continue(plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestChainKeepsOrDropsTheProfile(t *testing.T) {
	e := start(t, transform.Policy{})
	body := withProfile(jpegFile(t, picture4(64, 48)), swappedProfile())
	for _, row := range []struct {
		name string
		keep bool
	}{{"dropped", false}, {"kept", true}} {
		t.Run(row.name, func(t *testing.T) {
			o := transform.Options{Format: transform.PNG, Output: transform.Output{KeepProfile: row.keep}}
			once, err := try(e, body, o)
			if err != nil {
				t.Fatal(err)
			}
			north := transform.Options{Gravity: transform.Gravity{Anchor: transform.North}}
			if got := chained(t, e, body, o, north, north); !bytes.Equal(got, once.body) || bytes.Contains(got, []byte("iCCP")) != row.keep {
				t.Errorf("three pipelines made other bytes (%d) than one (%d)", len(got), len(once.body))
			}
		})
	}
}

func TestTrimOfWorkSeesTransparencyAndGrey(t *testing.T) {
	e := start(t, transform.Policy{})
	body := pngFile(t, flat(30, 20, color.NRGBA{200, 0, 0, 255}))
	grey := transform.Options{Format: transform.PNG}
	pad := transform.Options{Geometry: transform.Geometry{Padding: transform.Padding{Top: 3, Right: 4, Bottom: 5, Left: 6}}}
	trim := transform.Options{Geometry: transform.Geometry{Trim: transform.Trim{On: true, Threshold: 5}}}
	meta, err := e.Probe(chained(t, e, body, grey, pad, trim))
	if err != nil || meta.Width != 30 || meta.Height != 20 {
		t.Errorf("got %+v, %v", meta, err)
	}
}
