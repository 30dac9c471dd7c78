package imageurl

import (
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// decodeSealed opens what follows "enc/". Like base64 it may be split by slashes anywhere.
func decodeSealed(written string, open func(string) (string, error)) (source, extension string, err error) {
	if open == nil {
		return "", "", fault.New(fault.Invalid, "%q: sealed sources are not supported here, only in exact URLs", "enc/")
	}
	text, extension, dot := strings.Cut(written, ".")
	if dot && extension == "" {
		return "", "", emptyExtension("enc/" + written)
	}
	pieces := strings.Split(text, "/")
	if slices.Contains(pieces, "") {
		return "", "", errSealed()
	}
	source, err = open(strings.Join(pieces, ""))
	if err != nil || checkText("source", source) != nil || checkSource(source) != nil {
		return "", "", errSealed()
	}
	return source, extension, nil
}

// errSealed is the one refusal of whatever stands after "enc/": it tells nothing about what
// was inside, nor how near a guess came.
func errSealed() error {
	return fault.New(fault.Invalid, "%q: the sealed source does not open with this server's seal keys; it takes what "+
		"%q makes (AES-SIV), and not imgproxy's AES-CBC, whose text anyone can change unnoticed", "enc/", "gip sign --seal")
}
