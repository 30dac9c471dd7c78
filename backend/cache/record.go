package cache

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"time"
)

// A record is one entry as a file:
//
//	header   fixed size, little endian, its last 4 bytes the checksum
//	key, media type, ETag, note
//	body     to the end of the file
//
// The checksum (CRC-32C) covers every byte but its own four. The file's length must be exactly
// what the header announces. So a torn, cut, padded or flipped file is found, and so is one
// that lies under another key's name.

// recordMagic opens every record; its last byte is the version.
const recordMagic = "gip-rec\x03"

type recordHeader struct {
	Magic            [8]byte
	Created, Expires int64 // Unix nanoseconds; 0: the zero time
	Stale, IfError   int64
	Kept             int64
	Width, Height    uint32
	Key, MediaType   uint32 // lengths of the strings
	ETag, Note       uint32
	Body             uint64 // length
	Sum              uint32 // must stay last
}

const (
	recordHeaderSize = 8 + 5*8 + 6*4 + 8 + 4
	recordSumSize    = 4
)

var (
	errRecordTorn    = errors.New("torn or foreign record")
	errRecordChanged = errors.New("record fails its checksum")
	errRecordKey     = errors.New("record of another key")
)

// recordSize is the length of the file that holds the entry.
func recordSize(key string, entry Entry) int64 {
	return int64(recordHeaderSize + len(key) + len(entry.MediaType) + len(entry.ETag) + len(entry.Note) + len(entry.Body))
}

// recordHead is everything before the body, so that the body is written without a copy.
func recordHead(key string, entry Entry) []byte {
	header := recordHeader{
		Magic:   [8]byte([]byte(recordMagic)),
		Created: nanos(entry.Created), Expires: nanos(entry.Expires),
		Stale: nanos(entry.Stale), IfError: nanos(entry.IfError), Kept: nanos(entry.Kept),
		Width: uint32(entry.Width), Height: uint32(entry.Height),
		Key: uint32(len(key)), MediaType: uint32(len(entry.MediaType)), ETag: uint32(len(entry.ETag)),
		Note: uint32(len(entry.Note)), Body: uint64(len(entry.Body)),
	}
	// Append and Decode fail only for types without a fixed size, which this struct is not.
	head, _ := binary.Append(nil, binary.LittleEndian, header)
	head = append(head, key...)
	head = append(head, entry.MediaType...)
	head = append(head, entry.ETag...)
	head = append(head, entry.Note...)
	binary.LittleEndian.PutUint32(head[recordHeaderSize-recordSumSize:], recordSum(head, entry.Body))
	return head
}

// recordSum is the checksum over head, without its own four bytes, and body.
func recordSum(head, body []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli) // made once by the library, then shared
	sum := crc32.Update(0, table, head[:recordHeaderSize-recordSumSize])
	sum = crc32.Update(sum, table, head[recordHeaderSize:])
	return crc32.Update(sum, table, body)
}

// readRecord gives the entry of key out of a file's bytes, which it keeps as the entry's body.
func readRecord(data []byte, key string) (Entry, error) {
	header, err := readHeader(data)
	if err != nil {
		return Entry{}, err
	}
	if recordSum(data[:recordHeaderSize], data[recordHeaderSize:]) != header.Sum {
		return Entry{}, errRecordChanged
	}
	rest := data[recordHeaderSize:]
	take := func(n uint32) string {
		taken := string(rest[:n])
		rest = rest[n:]
		return taken
	}
	if take(header.Key) != key {
		return Entry{}, errRecordKey
	}
	return Entry{
		MediaType: take(header.MediaType), ETag: take(header.ETag), Note: take(header.Note), Body: rest,
		Created: instant(header.Created), Expires: instant(header.Expires),
		Stale: instant(header.Stale), IfError: instant(header.IfError), Kept: instant(header.Kept),
		Width: int(header.Width), Height: int(header.Height),
	}, nil
}

// readHeader also checks that the lengths add up to the file's, so that whoever slices by them
// stays inside it.
func readHeader(data []byte) (recordHeader, error) {
	var header recordHeader
	if _, err := binary.Decode(data, binary.LittleEndian, &header); err != nil {
		return header, errRecordTorn
	}
	if string(header.Magic[:]) != recordMagic {
		return header, errRecordTorn
	}
	rest := uint64(len(data) - recordHeaderSize)
	names := uint64(header.Key) + uint64(header.MediaType) + uint64(header.ETag) + uint64(header.Note)
	if names > rest || header.Body != rest-names {
		return header, errRecordTorn
	}
	return header, nil
}

// lastYear is the last whole year that Unix nanoseconds reach; later is as good as never.
const lastYear = 2261

func nanos(t time.Time) int64 {
	if t.IsZero() || t.Year() > lastYear {
		return 0
	}
	return t.UnixNano()
}

func instant(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos)
}
