package transform

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestLimitsGoEitherWay(t *testing.T) {
	large := Meta{Format: JPEG, Width: 8000, Height: 8000, Pages: 1}
	film := Meta{Format: GIF, Width: 1000, Height: 1000, Pages: 60}
	for _, row := range []struct {
		name   string
		meta   Meta
		limits Limits
		kind   fault.Kind
		frames int
	}{
		{"too large by the policy", large, Limits{}, fault.TooLarge, 0},
		{"raised", large, Limits{SourcePixels: 64_000_000}, 0, 0},
		{"raised, not enough", large, Limits{SourcePixels: 63_999_999}, fault.TooLarge, 0},
		{"lowered", Meta{Format: JPEG, Width: 80, Height: 80, Pages: 1}, Limits{SourcePixels: 6399}, fault.TooLarge, 0},
		{"all frames are over the policy", film, Limits{}, 0, 0},
		{"each frame is under its own", film, Limits{FramePixels: 1_000_000}, 0, 60},
		{"a frame is over its own", film, Limits{FramePixels: 999_999}, fault.TooLarge, 0},
		{"too many frames", film, Limits{FramePixels: 1_000_000, Frames: 59}, 0, 0},
		{"frames of a still have no limit", large, Limits{SourcePixels: 64_000_000, FramePixels: 1}, 0, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, Options{Width: 50, Limits: row.limits}, Policy{}.Under(row.limits))
			if (err == nil) != (row.kind == 0) || err != nil && fault.KindOf(err) != row.kind {
				t.Fatalf("got %v", err)
			}
			if plan.Frames.Moving() != row.frames {
				t.Errorf("%d frames, want %d", plan.Frames.Moving(), row.frames)
			}
		})
	}
}

// TestResultSide: the whole result, its canvas included, is scaled down until it fits.
func TestResultSide(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 3000, Height: 2000, Pages: 1}
	for _, row := range []struct {
		name          string
		o             Options
		most          int
		width, height int
	}{
		{"nothing else asked", Options{}, 300, 300, 200},
		{"under it", Options{Width: 200}, 300, 200, 133},
		{"a width over it", Options{Width: 600}, 300, 300, 200},
		{"fill", Options{Resize: Fill, Width: 400, Height: 800}, 200, 100, 200},
		{"padding", Options{Width: 400, Geometry: Geometry{Padding: Padding{Left: 100, Right: 100}}}, 300, 300, 133},
		{"extend", Options{Width: 600, Height: 600, Geometry: Geometry{Extend: Extend{On: true}}}, 300, 300, 300},
		{"dpr", Options{Width: 200, DPR: 2}, 300, 300, 200},
		{"a minimum", Options{Width: 100, Geometry: Geometry{MinHeight: 900}}, 300, 33, 300},
		{"one pixel", Options{}, 1, 1, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.o.Limits.ResultSide = row.most
			plan, err := MakePlan(photo, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if width, height := plan.Size(); width != row.width || height != row.height {
				t.Errorf("got %d×%d, want %d×%d", width, height, row.width, row.height)
			}
		})
	}
}

// TestStages: what is said once counts at the end alone, or at the beginning.
func TestStages(t *testing.T) {
	first := Options{
		Width: 3, Format: Auto, Accepts: Formats(AVIF), Quality: 50, Frames: Frames{Page: 2},
		Output: Output{MaxBytes: 9, KeepProfile: true}, Limits: Limits{ResultSide: 7},
	}
	job := Job{Options: first, Then: []Options{{Height: 4}, {Width: 5}}}
	film, still := Meta{Format: GIF, Pages: 3}, Meta{Format: JPEG, Pages: 1}
	for _, row := range []struct {
		name    string
		meta    Meta
		between Format
	}{{"a film", film, WebP}, {"a still", still, PNG}} {
		t.Run(row.name, func(t *testing.T) {
			keep := Output{KeepProfile: true}
			want := []Options{
				{Width: 3, Format: row.between, Frames: first.Frames, Output: keep},
				{Height: 4, Format: row.between, Output: keep},
				{Width: 5, Format: Auto, Accepts: first.Accepts, Quality: 50, Output: first.Output, Limits: first.Limits},
			}
			for i, got := range job.Stages(row.meta) {
				if got != want[i] {
					t.Errorf("%d: got %+v, want %+v", i, got, want[i])
				}
			}
		})
	}
	if job.Options != first || job.Then[0] != (Options{Height: 4}) {
		t.Error("the job was changed")
	}
}
