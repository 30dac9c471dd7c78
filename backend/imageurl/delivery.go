package imageurl

import (
	"strconv"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	maxExpires  = 253_402_300_799 // the last second of the year 9999, where date formats end
	maxFilename = 255             // bytes, as file systems have it
)

func readExpires(p *parser, args []string) error {
	seconds, err := whole("exp", args[0], maxExpires)
	p.request.Expires = time.Time{}
	if seconds > 0 {
		p.request.Expires = time.Unix(int64(seconds), 0).UTC()
	}
	return err
}

func writeExpires(r Request) string {
	if r.Expires.IsZero() {
		return ""
	}
	return strconv.FormatInt(r.Expires.Unix(), 10)
}

func readCachebuster(p *parser, args []string) (err error) {
	p.request.Cachebuster, err = unescape("cb", args[0])
	return err
}

func writeCachebuster(r Request) string { return escape(r.Cachebuster, argumentBytes) }

// readFilename takes a name, escaped or, with a true second argument, in base64.
func readFilename(p *parser, args []string) error {
	read := unescape
	if len(args) == 2 && args[1] != "" {
		encoded, err := flag("fn", args[1])
		if err != nil {
			return err
		}
		if encoded {
			read = decodeBase64
		}
	}
	name, err := read("fn", args[0])
	if err == nil && (strings.Contains(name, "/") || len(name) > maxFilename) {
		err = fault.New(fault.Invalid, "fn: %q holds a slash or more than %d bytes", clip(name), maxFilename)
	}
	p.request.Filename = name
	return err
}

func writeFilename(r Request) string { return escape(r.Filename, argumentBytes) }

func readAttachment(p *parser, args []string) (err error) {
	p.request.Attachment, err = flag("att", args[0])
	return err
}

func writeAttachment(r Request) string { return flagText(r.Attachment) }
