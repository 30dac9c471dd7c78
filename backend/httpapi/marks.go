package httpapi

import (
	"math"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
)

// Watermark is what the owner settled for all watermarks of a node.
type Watermark struct {
	Source  string  // of those that name none; "": there is none
	Opacity float64 // times which every watermark's own counts; 0 means 1
}

// allowedMarks checks the watermarks that a URL names, as its source is checked.
func (s *Server) allowedMarks(request imageurl.Request) error {
	for i, mark := range request.Options.Marks.List() {
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
	marks := &request.Options.Marks
	for i := range marks.List() {
		mark := &marks[i]
		if mark.Unnamed() {
			if s.Watermark.Source == "" {
				return request, fault.New(fault.Invalid,
					"wm: watermark %d names no image or text (wmu, wmt), and this server has no watermark of its own (GIP_WATERMARK)", i+1)
			}
			mark.Source = s.Watermark.Source
		}
		if s.Watermark.Opacity > 0 {
			mark.Opacity = math.Round(mark.Opacity*s.Watermark.Opacity*1e4) / 1e4 // finer than a byte shows
		}
	}
	*marks = marks.Drawn()
	return request, nil
}
