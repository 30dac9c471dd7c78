package render

// Running is the number of images that hold a slot.
func (r *Renderer) Running() int { return len(r.slots.held) }

// Waiting is the number of images that wait for a slot.
func (r *Renderer) Waiting() int { return max(len(r.slots.seats)-len(r.slots.held), 0) }

// Held is the bytes of a renderer's intermediates.
func Held(r *Renderer) int { return r.intermediates.held() }
