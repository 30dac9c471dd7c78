package cache

import (
	"bytes"
	"math"
	"testing"
	"time"
)

func sampleEntry() Entry {
	return Entry{
		Body: []byte("a body"), MediaType: "image/avif", ETag: `"tag"`,
		Created: time.Unix(1e9, 5), Expires: time.Unix(2e9, 0), Width: 16383, Height: 1, Note: "animation: first-frame",
	}
}

func writeRecord(key string, entry Entry) []byte {
	return append(recordHead(key, entry), entry.Body...)
}

func TestRecordSizeIsExact(t *testing.T) {
	if got, want := recordSize("key", sampleEntry()), int64(len(writeRecord("key", sampleEntry()))); got != want {
		t.Errorf("announced %d bytes, wrote %d", got, want)
	}
}

func TestRecordTimes(t *testing.T) {
	rows := []struct {
		name     string
		in, want time.Time
	}{
		{"zero", time.Time{}, time.Time{}},
		{"nanoseconds", time.Unix(1e9, 1), time.Unix(1e9, 1)},
		{"before the epoch", time.Unix(-1e9, 0), time.Unix(-1e9, 0)},
		{"beyond what 64 bits count", time.Unix(math.MaxInt32*1000, 0), time.Time{}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			entry := Entry{Created: row.in, Expires: row.in}
			got, err := readRecord(writeRecord("key", entry), "key")
			if err != nil || !got.Created.Equal(row.want) || !got.Expires.Equal(row.want) {
				t.Errorf("got %v %v %v, want %v", got.Created, got.Expires, err, row.want)
			}
		})
	}
}

// FuzzRecord holds that a file is refused or is, byte for byte, what would be written for the
// entry read from it.
func FuzzRecord(f *testing.F) {
	f.Add(writeRecord("key", sampleEntry()), "key")
	f.Add(writeRecord("", Entry{}), "")
	f.Add([]byte(recordMagic), "key")
	f.Add(bytes.Repeat([]byte{0xff}, 100), "key")
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		entry, err := readRecord(data, key)
		if err != nil {
			return
		}
		if !bytes.Equal(writeRecord(key, entry), data) {
			t.Errorf("accepted a record that is not ours: %q", data)
		}
	})
}
