package imageurl

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// SplitSource splits a path into its options in URL form (without slashes around; not
// parsed), the decoded and checked source, and the extension as written ("" is none). It takes
// no sealed source.
func SplitSource(path string) (options, source, extension string, err error) {
	options, found, extension, err := splitSource(path, nil)
	return options, found.url, extension, err
}

// origin is a source and how it was written.
type origin struct {
	url    string
	sealed bool
}

func splitSource(path string, open func(string) (string, error)) (options string, source origin, extension string, err error) {
	rest, slash := strings.CutPrefix(path, "/")
	if !slash {
		return "", origin{}, "", fault.New(fault.Invalid, "path %q does not begin with a slash", clip(path))
	}
	options, written := cutOptions(rest)
	if sealed, found := strings.CutPrefix(written, "enc/"); found {
		source.sealed = true
		source.url, extension, err = decodeSealed(sealed, open)
	} else if source.url, extension, err = decodeSource(written); err == nil {
		err = checkSource(source.url)
	}
	if err != nil {
		return "", origin{}, "", err
	}
	return options, source, extension, nil
}

// cutOptions cuts before the first segment that is neither an option, with its colon, nor the
// begin of a pipeline: there the source begins.
func cutOptions(rest string) (options, source string) {
	for start := 0; start <= len(rest); {
		segment, _, _ := strings.Cut(rest[start:], "/")
		if !strings.Contains(segment, ":") && segment != nextPipeline {
			return strings.TrimSuffix(rest[:start], "/"), rest[start:]
		}
		start += len(segment) + 1
	}
	return rest, ""
}

func decodeSource(written string) (source, extension string, err error) {
	first, rest, _ := strings.Cut(written, "/")
	switch {
	case written == "" || (first == "plain" && rest == ""):
		return "", "", fault.New(fault.Invalid, "the path has no source: %q or base64 is needed at its end", "plain/URL")
	case first == "":
		return "", "", fault.New(fault.Invalid, "%q: a segment of the path is empty (a source URL follows plain/)", clip(written))
	case first == "plain":
		return decodePlain(rest)
	}
	return decodePieces(written)
}

// decodePlain takes the only bare "@" as the start of the extension.
func decodePlain(written string) (source, extension string, err error) {
	text, found := written, false
	if at := strings.LastIndexByte(written, '@'); at >= 0 {
		text, extension, found = written[:at], written[at+1:], true
	}
	if found && extension == "" {
		return "", "", emptyExtension(written)
	}
	if strings.Contains(text, "@") {
		return "", "", fault.New(fault.Invalid, "source: only the %q before an extension stands bare, else write %%40", "@")
	}
	source, err = unescape("source", text)
	return source, extension, err
}

// decodePieces reads base64 that may be split by slashes anywhere, as imgproxy allows.
func decodePieces(written string) (source, extension string, err error) {
	text, extension, dot := strings.Cut(written, ".")
	if dot && extension == "" {
		return "", "", emptyExtension(written)
	}
	pieces := strings.Split(text, "/")
	if slices.Contains(pieces, "") {
		err = fault.New(fault.Invalid, "a segment of the source is empty")
	} else {
		source, err = decodeBase64("source", strings.Join(pieces, ""))
	}
	if first, _, split := strings.Cut(written, "/"); err != nil && split {
		// Most likely an option without its colon, or a URL without "plain/".
		err = fault.New(fault.Invalid, "%q is no option, for it has no colon, and as base64: %s", clip(first), fault.Message(err))
	}
	return source, extension, err
}

func emptyExtension(written string) error {
	return fault.New(fault.Invalid, "the extension of %q is empty", clip(written))
}

// decodeBase64 is strict: the URL-safe alphabet, no left-over bits, padding complete or
// absent. (encoding/base64 skips line ends even when strict.)
func decodeBase64(what, text string) (string, error) {
	decoded, err := rawBase64(what, text)
	if err != nil {
		return "", err
	}
	return decoded, checkText(what, decoded)
}

// rawBase64 takes what decodes to anything.
func rawBase64(what, text string) (string, error) {
	encoding := base64.RawURLEncoding.Strict()
	if strings.Contains(text, "=") {
		encoding = base64.URLEncoding.Strict()
	}
	decoded, err := encoding.DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return "", fault.New(fault.Invalid, "%s: %q is not URL-safe base64", what, clip(text))
	}
	return string(decoded), nil
}

// checkSource wants a URL of a scheme that can be fetched. User information is refused
// without repeating it.
func checkSource(source string) error {
	scheme, rest, colon := strings.Cut(source, ":")
	if !colon || !strings.HasPrefix(rest, "//") {
		return fault.New(fault.Invalid, "source %q does not begin with http://, https:// or local://", clip(source))
	}
	if scheme != "http" && scheme != "https" && scheme != "local" {
		return fault.New(fault.Invalid, "source: scheme %q is not one of http, https, local", clip(scheme))
	}
	if scheme == "local" {
		return checkLocal(source, rest)
	}
	return checkHTTP(source)
}

// checkLocal: what follows local:// is a file's path byte for byte, no URL.
func checkLocal(source, rest string) error {
	if !strings.HasPrefix(rest, "///") {
		return fault.New(fault.Invalid, "source %q: a local source is local:///PATH", clip(source))
	}
	return nil
}

// checkHTTP also refuses what would give one image endless addresses that its origin cannot
// tell apart: a fragment is never sent, and a port may have any number of zeros before it.
func checkHTTP(source string) error {
	u, err := url.Parse(source)
	switch {
	case err != nil: // its text repeats the whole source, whose query may be secret
		return fault.New(fault.Invalid, "source %q is not a URL", clip(withoutQuery(source)))
	case u.User != nil:
		return fault.New(fault.Invalid, "source: a URL with a user name is refused")
	case u.Hostname() == "":
		return fault.New(fault.Invalid, "source %q has no host", clip(withoutQuery(source)))
	case strings.Contains(source, "#"):
		return fault.New(fault.Invalid, "source: a fragment (%%23) is no part of an image's address")
	case strings.HasPrefix(u.Port(), "0"):
		return fault.New(fault.Invalid, "source: port %q begins with a zero", clip(u.Port()))
	}
	return nil
}

func withoutQuery(source string) string {
	path, _, _ := strings.Cut(source, "?")
	return path
}

// ParseSource reads a source that stands by itself, in a setting: as text, not escaped.
func ParseSource(source string) (*url.URL, error) {
	if err := checkText("source", source); err != nil {
		return nil, err
	}
	if err := checkSource(source); err != nil {
		return nil, err
	}
	if path, local := strings.CutPrefix(source, "local://"); local {
		return &url.URL{Scheme: "local", Path: path}, nil
	}
	return url.Parse(source)
}
