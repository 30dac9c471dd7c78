package source

import "net/http"

// Validator is what an origin tells its own answers apart by. It holds for the address that
// gave it and no other: another's ETag may be the same by chance.
type Validator struct {
	At           string `json:"at,omitempty"`            // where the answer came from, behind all redirects
	ETag         string `json:"etag,omitempty"`          // as the origin sent it
	LastModified string `json:"last_modified,omitempty"` // as the origin sent it
}

// validatorOf is the zero one where the origin gave nothing to ask with.
func validatorOf(at string, header http.Header) Validator {
	v := Validator{At: at, ETag: header.Get("Etag"), LastModified: header.Get("Last-Modified")}
	if v.ETag == "" && v.LastModified == "" {
		return Validator{}
	}
	return v
}

// ask makes a request conditional (RFC 9110 §13.1), and tells whether it is.
func (v Validator) ask(request *http.Request) bool {
	if v == (Validator{}) || v.At != request.URL.String() {
		return false
	}
	if v.ETag != "" {
		request.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		request.Header.Set("If-Modified-Since", v.LastModified)
	}
	return true
}

// notModified is an answer 304. What it leaves out is as it was.
func notModified(header http.Header, asked Validator) Original {
	now := validatorOf(asked.At, header)
	if now.ETag == "" {
		now.ETag = asked.ETag
	}
	if now.LastModified == "" {
		now.LastModified = asked.LastModified
	}
	now.At = asked.At
	return Original{NotModified: true, MaxAge: maxAge(header), ETag: now.ETag, Keeping: keepingOf(header), Validator: now}
}
