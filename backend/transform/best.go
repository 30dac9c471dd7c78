package transform

import "fmt"

// NoteQuality is the name of the note that tells at which format and quality a search ended,
// or why there was none.
const NoteQuality = "quality"

// Trial is one way to encode a result.
type Trial struct {
	Format    Format
	Quality   int // 1…100; where a search begins
	Low, High int // the qualities that it may try
	Lossless  bool
}

// Search is what a plan leaves to be found out by encoding. The zero value is nothing.
type Search struct {
	Trials  []Trial // the smallest result wins; the first is what the others are measured by, unless there is a Target
	Target  float64 // dissimilarity from the picture, see package likeness; 0: what the first trial has at its Quality
	Error   float64 // how much more than Target is well enough, and how much less is no reason to go on; 0: a twentieth of it
	Bytes   int     // instead: the highest quality whose result has so many bytes
	Drawing bool    // a flat picture is encoded without loss only
	Tries   int     // of each trial
}

// Effort of one search. Encoding AVIF is what takes the time.
const (
	tries     = 6 // of one format
	bestTries = 4 // of each of several
)

// searching gives the plan what is to be found by trying; above a limit of pixels, or for
// frames, a note says that nothing is, and the plan stays as it would be without.
func (p Plan) searching(meta Meta, o Options, transparent bool, policy Policy) Plan {
	search := p.search(meta, o, transparent, policy)
	if search == nil {
		return p
	}
	width, height := p.Size()
	limit := policy.AVIFPixels
	if o.Format != Best && p.Format != AVIF && p.Format != JXL {
		limit *= 4 // the others are many times faster than AVIF
	}
	switch s := (size{width, height}); {
	case p.Frames.Animated:
		p.noted(NoteQuality, "not searched; an animation")
	case s.pixels(1) > float64(limit):
		p.noted(NoteQuality, fmt.Sprintf("not searched; %dx%d pixels are over the limit of %d", width, height, limit))
	case policy.Pace == Soon && o.Format == Best && s.pixels(1) > searchedSoon:
		p.Later = Best
	default:
		p.Search, p.Speed = search, policy.searchSpeed()
	}
	return p
}

func (p *Plan) noted(name, value string) {
	if p.Note != "" {
		p.Note += "\n"
	}
	p.Note += name + ": " + value
}

func (p Plan) search(meta Meta, o Options, transparent bool, policy Policy) *Search {
	auto := o.Output.Auto
	if o.Format != Best {
		return auto.search(p.Format, p.Quality)
	}
	s := &Search{Trials: p.bestTrials(meta, o, transparent, policy), Drawing: programmed(meta.Format), Tries: bestTries}
	if auto.Method == ByLikeness {
		s.Target, s.Error = auto.target(), auto.allowed()
		for i := range s.Trials {
			s.Trials[i] = auto.limited(s.Trials[i])
		}
	}
	if len(s.Trials) < 2 && s.Target == 0 {
		return nil
	}
	return s
}

// bestTrials are the formats that the visitor takes. The first is JPEG where it will do: a
// quality asked for is one of it.
func (p Plan) bestTrials(meta Meta, o Options, transparent bool, policy Policy) (trials []Trial) {
	transparent = transparent && o.opacity() < 1
	lossless := transparent || programmed(meta.Format)
	takes := func(f Format) bool { return o.Accepts.Has(f) && policy.makes(f) }
	width, height := p.Size()
	webp := takes(WebP) && !(size{width, height}).over(webpSide)
	if !transparent {
		trials = append(trials, Trial{Format: JPEG})
	}
	if webp {
		trials = append(trials, Trial{Format: WebP})
	}
	if takes(AVIF) {
		trials = append(trials, Trial{Format: AVIF})
	}
	for i, of := range trials {
		trials[i] = started(of.Format, i == 0, o, policy)
	}
	if lossless {
		trials = append(trials, Trial{Format: PNG, Quality: 100, Lossless: true})
	}
	if lossless && webp {
		trials = append(trials, Trial{Format: WebP, Quality: 100, Lossless: true})
	}
	return trials
}

// started is a lossy trial. The first one's quality is settled; the others begin where their
// own default is to that of JPEG.
func started(f Format, first bool, o Options, policy Policy) Trial {
	asked := quality(f, o, policy)
	if first {
		return Trial{Format: f, Quality: asked, Low: asked, High: asked}
	}
	o.Output.Qualities[f] = 0
	own := quality(f, Options{}, policy)
	from := round(float64(own) * float64(quality(JPEG, o, policy)) / float64(max(policy.Quality, 1)))
	return Trial{Format: f, Quality: min(max(from, 5), 98), Low: 5, High: 98}
}

// programmed tells whether files of a format are made by programs rather than by cameras.
func programmed(f Format) bool {
	return f == PNG || f == GIF || f == ICO || f == SVG || f == PDF || f == BMP || f == TIFF
}
