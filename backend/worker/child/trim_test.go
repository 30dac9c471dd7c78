package child

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestWorkTrims(t *testing.T) {
	photo := transform.Meta{Format: transform.JPEG, Width: 400, Height: 200, Pages: 1}
	huge := transform.Meta{Format: transform.JPEG, Width: 10_000, Height: 10_000, Pages: 1}
	animation := transform.Meta{Format: transform.GIF, Width: 400, Height: 200, Pages: 3}
	trim := transform.Options{Width: 100, Geometry: transform.Geometry{Trim: transform.Trim{On: true}}}
	for _, row := range []struct {
		name    string
		engine  fake
		o       transform.Options
		trimmed bool
		kind    fault.Kind // of the error; 0 is none
	}{
		{"asked", fake{meta: photo}, trim, true, 0},
		{"not asked", fake{meta: photo}, transform.Options{Width: 100}, false, 0},
		{"an animation", fake{meta: animation}, trim, false, 0},
		{"too large to look at", fake{meta: huge}, trim, false, fault.TooLarge},
		{"broken", fake{meta: photo, trimErr: fault.New(fault.Broken, "broken")}, trim, true, fault.Broken},
	} {
		t.Run(row.name, func(t *testing.T) {
			engine := row.engine
			engine.found = transform.Rect{X: 50, Y: 20, Width: 200, Height: 100}
			_, err := work(&engine, transform.Policy{})(transform.Job{Body: []byte("source"), Options: row.o})
			if engine.trimmed != row.trimmed || (err == nil) != (row.kind == 0) || err != nil && fault.KindOf(err) != row.kind {
				t.Fatalf("trimmed %v, %v", engine.trimmed, err)
			}
			if cut := engine.plan != nil && engine.plan.PreCrop != nil; cut != (row.trimmed && err == nil) {
				t.Errorf("executed %+v", engine.plan)
			}
		})
	}
}
