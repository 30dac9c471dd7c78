package transform

import "github.com/gip4all/gip4all/backend/fault"

// Refusal is the one error of a source that is no image, or of a kind that is not read: it
// says what the source seems to be.
func Refusal(head []byte) error {
	if len(head) == 0 {
		return fault.New(fault.Unsupported, "the source is empty")
	}
	return fault.New(fault.Unsupported, "the source is %s, not an image gip reads", Detect(head))
}
