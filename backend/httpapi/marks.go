package httpapi

import (
	"math"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// Watermark is what the owner settled for all watermarks of a node.
type Watermark struct {
	Source  string  // of those that name none; "": there is none
	Opacity float64 // times which every watermark's own counts; 0 means 1
}

// allowedMarks checks the watermarks that a URL names, as its source is checked.
func (s *Server) allowedMarks(request imageurl.Request) error {
	for i, mark := range request.Marks() {
		if mark.Source == "" {
			continue
		}
		if err := s.allowed(mark.Source); err != nil {
			return fault.Wrap(fault.KindOf(err), err, "the source of watermark %d is not allowed", i+1)
		}
	}
	return nil
}

// marked puts the node's own watermark where none is named. It becomes part of the key, so that
// another one in the settings makes other images.
func (s *Server) marked(request imageurl.Request) (imageurl.Request, error) {
	for i, mark := range request.Marks() {
		if mark.Unnamed() && s.Watermark.Source == "" {
			return request, fault.New(fault.Invalid,
				"wm: watermark %d names no image or text (wmu, wmt), and this server has no watermark of its own (GIP_WATERMARK)", i+1)
		}
	}
	return request.WithMarks(s.Watermark.in), nil
}

// in settles the marks of one pipeline.
func (w Watermark) in(marks transform.Marks) transform.Marks {
	for i := range marks.List() {
		mark := &marks[i]
		if mark.Unnamed() {
			mark.Source = w.Source
		}
		if w.Opacity > 0 {
			mark.Opacity = math.Round(mark.Opacity*w.Opacity*1e4) / 1e4 // finer than a byte shows
		}
	}
	return marks.Drawn()
}
