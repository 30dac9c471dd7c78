package pipe

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestAJobComesWholeThroughThePipe(t *testing.T) {
	rows := []struct {
		name string
		job  transform.Job
	}{
		{"source alone", transform.Job{Body: []byte("source")}},
		{"the better one", transform.Job{Body: []byte("source"), Pace: transform.Later}},
		{"two pipelines", transform.Job{Body: []byte("source"), Options: transform.Options{Width: 3}, Then: []transform.Options{{Height: 4}}}},
		{"two extras", transform.Job{Body: []byte("source"), Extras: []transform.Extra{{Source: "a", Body: []byte("one")}, {Source: "b", Body: []byte("three")}}}},
		{"an empty extra", transform.Job{Body: []byte("source"), Extras: []transform.Extra{{Source: "a", Body: []byte{}}}}},
		{"a raster behind an extra", transform.Job{
			Body: []byte("source"), Extras: []transform.Extra{{Source: "a", Body: []byte("one")}},
			Raster: transform.Raster{Width: 2, Height: 1, Bands: 3, Pixels: []byte("pixels")},
		}},
		{"a raster to be made", transform.Job{Body: []byte("source"), Reduce: 1000}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			parcel := NewParcel(7, row.job)
			got, err := parcel.Job.open(bytes.Join(parcel.Parts, nil), nil)
			if err != nil || !reflect.DeepEqual(got, row.job) {
				t.Errorf("got %+v, %v; want %+v", got, err, row.job)
			}
		})
	}
}

func TestAnExtraLiesInsideTheBody(t *testing.T) {
	for _, size := range []int{-1, 7} {
		if _, err := (Job{Extras: []Extra{{Size: size}}}).open([]byte("source"), nil); err == nil {
			t.Errorf("%d of 6 bytes: no error", size)
		}
	}
}

func TestARasterLiesInsideTheBody(t *testing.T) {
	for _, size := range []int{-1, 7} {
		if _, err := (Job{Raster: &Raster{Width: 1, Height: 1, Bands: 1, Size: size}}).open([]byte("source"), nil); err == nil {
			t.Errorf("%d of 6 bytes: no error", size)
		}
	}
}

func TestARasterWithoutRoomStaysBehind(t *testing.T) {
	raster := transform.Raster{Width: 1000, Height: 1000, Bands: 1, Pixels: make([]byte, 1_000_000)}
	parcel := NewParcel(1, transform.Job{Body: make([]byte, MaxBody-1000), Raster: raster})
	if parcel.Job.Raster != nil || len(parcel.Parts) != 1 {
		t.Errorf("raster %+v in %d parts", parcel.Job.Raster, len(parcel.Parts))
	}
	raster.Pixels = raster.Pixels[1:]
	if parcel = NewParcel(1, transform.Job{Body: []byte("source"), Raster: raster}); parcel.Job.Raster != nil || len(parcel.Parts) != 1 {
		t.Errorf("not sound: %+v in %d parts", parcel.Job.Raster, len(parcel.Parts))
	}
}
