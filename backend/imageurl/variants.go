package imageurl

// Variants gives what tells the keys that r can become, whatever a visitor's headers say: the
// formats that are accepted are any, and so is what r leaves to negotiation (w:auto, dpr:auto).
func (r Request) Variants() func(key string) bool {
	want := r.loose(r).Key()
	return func(key string) bool {
		other, err := ParseKey(key)
		return err == nil && other.loose(r).Key() == want
	}
}

// loose leaves out what negotiation finds where like leaves it open.
func (r Request) loose(like Request) Request {
	first := Pipeline{Options: r.Options}.loose(Pipeline{like.Options, like.AutoWidth, like.AutoDPR})
	r.Options, r.AutoWidth, r.AutoDPR = first.Options, false, false
	r.Options.Accepts = 0
	for i := range r.Then {
		r.Then[i] = r.Then[i].loose(like.Then[i])
	}
	return r
}

func (p Pipeline) loose(like Pipeline) Pipeline {
	p.AutoWidth, p.AutoDPR = false, false
	if like.AutoWidth {
		p.Options.Width = 0
	}
	if like.AutoDPR {
		p.Options.DPR = 0
	}
	return p
}
