package pipe

import (
	"bytes"
	"math"
	"os"
	"reflect"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/gip4all/gip4all/backend/transform"
)

// lentMemory has a source, and a raster of 2 × 1 pixels.
func lentMemory(t *testing.T) (*Memory, transform.Raster) {
	t.Helper()
	m, err := NewMemory([]byte("source"), 5000)
	if err != nil {
		t.Fatal(err)
	}
	pixels := m.Room()[:6]
	copy(pixels, "pixels")
	return m, transform.Raster{Width: 2, Height: 1, Bands: 3, Pixels: pixels, Shared: m}
}

// TestWhatIsLentIsNotSent goes through a real socket.
func TestWhatIsLentIsNotSent(t *testing.T) {
	m, raster := lentMemory(t)
	defer m.Release()
	ours, theirs, err := Lending()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	defer theirs.Close()
	for _, source := range []string{"source", "another"} {
		parcel := NewParcel(1, transform.Job{Body: []byte(source), Raster: raster})
		if sent := Size(parcel.Parts); (sent == 0) != (source == "source") || sent > len(source) {
			t.Errorf("%s: %d bytes are sent", source, sent)
		}
		if err := Lend(ours, parcel.Memory); err != nil {
			t.Fatal(err)
		}
		memory, err := lent(Line{Lent: theirs}, parcel.Job)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parcel.Job.open(bytes.Join(parcel.Parts, nil), memory)
		want := transform.Job{Body: []byte(source), Raster: transform.Raster{Width: 2, Height: 1, Bands: 3, Pixels: []byte("pixels")}}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v", got, err)
		}
		memory.close()
	}
}

func TestWhatWasNotLentIsAnError(t *testing.T) {
	ours, theirs, err := Lending()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	defer theirs.Close()
	for name, through := range map[string]*os.File{"no socket": nil, "nothing came": theirs} {
		if _, err := lent(Line{Lent: through}, Job{Memory: 10}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestLentMemoryIsSealed: who has the descriptor can neither write nor cut it, which would kill
// whoever reads it.
func TestLentMemoryIsSealed(t *testing.T) {
	m, _ := lentMemory(t)
	defer m.Release()
	if err := unix.Ftruncate(m.descriptor, 1); err == nil {
		t.Error("it was cut")
	}
	if err := unix.Ftruncate(m.descriptor, 1<<20); err == nil {
		t.Error("it was made longer")
	}
	if _, err := unix.Pwrite(m.descriptor, []byte("x"), 0); err == nil {
		t.Error("it was written")
	}
	if _, err := unix.Mmap(m.descriptor, 0, 10, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err == nil {
		t.Error("it was mapped for writing")
	}
}

func TestMemoryGoesWithItsLastUser(t *testing.T) {
	m, raster := lentMemory(t)
	raster.Hold()
	m.Release()
	if string(raster.Pixels) != "pixels" {
		t.Error("it went with the first")
	}
	raster.Release()
	if err := unix.Fstat(m.descriptor, &unix.Stat_t{}); err == nil {
		t.Error("the file is still open")
	}
}

func TestPartsLieInTheLentMemory(t *testing.T) {
	memory := view("0123456789")
	for _, at := range [][2]int{{-1, 2}, {0, -1}, {11, 0}, {9, 2}, {0, 11}, {1, math.MaxInt}} {
		if _, err := memory.part(at[0], at[1]); err == nil {
			t.Errorf("%d bytes at %d of 10: no error", at[1], at[0])
		}
	}
	m, raster := lentMemory(t)
	defer m.Release()
	raster.Pixels = []byte("pixels") // elsewhere
	if parcel := NewParcel(1, transform.Job{Raster: raster}); parcel.Memory != nil || Size(parcel.Parts) != 6 {
		t.Errorf("lends %v, sends %d bytes", parcel.Memory, Size(parcel.Parts))
	}
}
