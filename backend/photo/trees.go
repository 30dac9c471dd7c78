package photo

// fir is one tree: a narrow cone whose tiers of branches droop. Only its outline is known;
// it is dark against what is behind it.
type fir struct {
	trunk, foot, tall float32 // position and height, in v
	tiers, phase      float32
}

// grove is a row of firs, one for each step along u, so that the few which can reach a
// pixel are found at once.
type grove struct {
	view    *view
	spacing float32
	top     []float32 // by column, the v above which there is none
	firs    []fir
}

// reach is how far a branch can go sideways, as a part of the tree's height.
const reach = 0.3

// margin is how many firs stand beyond each side of the picture.
const margin = 2

// newGrove plants firs on a ground line given in v, spacing apart and up to tall high.
func newGrove(f *view, ground func(u float32) float32, spacing, tall float32, seed uint64) grove {
	g := grove{view: f, spacing: spacing, top: make([]float32, f.width)}
	for i := -margin; float32(i-margin) < f.wide/spacing; i++ {
		h := hash(i, 7, seed)
		tree := fir{
			trunk: (float32(i) + unit(h, 0)) * spacing,
			tall:  tall * (0.35 + 0.65*unit(h, 1)*(0.3+0.7*unit(h, 2))),
			tiers: 7 + float32(h>>60), phase: 3 * unit(h, 3),
		}
		tree.foot = ground(tree.trunk)
		g.firs = append(g.firs, tree)
	}
	for x := range g.top {
		g.top[x] = g.highest((float32(x) + 0.5) * f.pixel)
	}
	return g
}

// near are the firs that can reach u.
func (g grove) near(u float32) []fir {
	first := min(max(floor(u/g.spacing), 0), len(g.firs))
	return g.firs[first:min(first+2*margin+1, len(g.firs))]
}

func (g grove) highest(u float32) float32 {
	top := float32(2)
	for _, tree := range g.near(u) {
		if abs(u-tree.trunk) < tree.tall*reach {
			top = min(top, tree.foot-tree.tall)
		}
	}
	return top
}

// cover is how much of the pixel at column x, (u, v), a fir hides, 0 to 1.
func (g grove) cover(x int, u, v float32) float32 {
	if v < g.top[x] {
		return 0
	}
	most := float32(0)
	for _, tree := range g.near(u) {
		most = max(most, tree.cover(g.view, u-tree.trunk, tree.foot-v))
	}
	return most
}

// cover at a distance to the side of the trunk and up from the foot. Each tier is wider at
// its lower end, and noise frays the branches.
func (t fir) cover(f *view, side, up float32) float32 {
	down := 1 - up/t.tall
	widest := t.tall * 0.2 * (0.07 + down)
	if down <= 0 || down > 1.1 || abs(side) > widest*reach*5 {
		return 0
	}
	tier := down*t.tiers + t.phase + abs(side)/t.tall*6
	droop := tier - float32(int(tier))
	fray := f.noise.at(side/t.tall*3+t.phase, up/t.tall*1.5+t.trunk)
	half := widest * (0.55 + 0.5*droop + 0.45*fray)
	return clamp((max(half, t.tall*0.012)-abs(side))*f.fine + 0.5)
}
