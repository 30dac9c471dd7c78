package transform

// Pace is how long the answer to a job may take. What is slow may come later: a first visitor
// gets a quick image, and the ones after them the better one.
type Pace uint8

// The paces. Once is the default.
const (
	Once  Pace = iota // one answer for good: AVIF only where it is quick, searches at once
	Soon              // the quick answer; Result.Later says whether a better one is worth making
	Later             // the better one, however slow
)

// NoteLater is the name of the note that this answer is for now only; its value is what comes
// in its place: avif, or best.
const NoteLater = "later"

// searchedSoon is up to how many pixels Soon searches at once: so small, encoding them a dozen
// times takes hardly longer than decoding a photograph (400 × 267 pixels: 0.3 s of both).
const searchedSoon = 150_000

// At is the policy for a job of this pace.
func (p Policy) At(pace Pace) Policy {
	p.Pace = pace
	return p
}

// avifPixels is up to how many pixels the automatic format is AVIF.
func (p Policy) avifPixels() int {
	if p.Pace == Later {
		return max(p.AVIFPixels, p.AVIFLaterPixels)
	}
	return p.AVIFPixels
}

// speed is that of AVIF. Who waits gets it twice as fast as at speed 8, in 6 % more bytes at the
// same likeness; behind an answer there is time for 13 % fewer (BenchmarkAVIFSpeeds).
func (p Policy) speed() int {
	if p.Pace == Later {
		return min(max(p.AVIFLaterSpeed, 0), 9)
	}
	return min(max(p.AVIFSpeed, 0), 9)
}

// speedFor keeps from 9 what programs have drawn: libaom leaves out there what flat areas and text
// need, and takes twice the bytes.
func (p Policy) speedFor(source Format) int {
	if programmed(source) {
		return min(p.speed(), 8)
	}
	return p.speed()
}

// searchSpeed is that of every try: who asks for a search wants the bytes, and pays for a dozen.
func (p Policy) searchSpeed() int { return min(p.speed(), 8) }

// later is the format that the automatic one would be with more time, or Same. A limit of
// bytes or a search for a quality make it another picture, not just a smaller file: no later
// one then. Animations keep their format.
func (p Plan) later(meta Meta, o Options, transparent bool, policy Policy) Format {
	plain := o.Format.Negotiated() && o.Output.MaxBytes == 0 && o.Output.Auto.Method == NoMethod
	if policy.Pace != Soon || p.Frames.Animated || !plain {
		return Same
	}
	width, height := p.Size()
	better := choose(meta, o, size{width, height}, transparent && o.opacity() < 1, policy.At(Later))
	if better == p.Format {
		return Same
	}
	return better
}

// Better tells whether what was made later takes the place of the quick answer: what was
// searched always, for it is what was asked for; another format only if it is smaller.
func (r Result) Better(soon Result) bool {
	return soon.Later == Best || len(r.Body) < len(soon.Body)
}
