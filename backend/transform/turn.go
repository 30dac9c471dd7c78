package transform

// turning is a quarter turn clockwise, some times, and then perhaps a flip left to right: all
// eight ways to put a rectangle on its sides. EXIF counts the same eight.
type turning struct {
	quarters int // 0…3
	flipped  bool
}

// turningOf reads an EXIF orientation; what is none means upright.
func turningOf(orientation int) turning {
	switch orientation {
	case 2:
		return turning{0, true}
	case 3:
		return turning{2, false}
	case 4:
		return turning{2, true}
	case 5:
		return turning{1, true}
	case 6:
		return turning{1, false}
	case 7:
		return turning{3, true}
	case 8:
		return turning{3, false}
	default:
		return turning{}
	}
}

// orientation is the EXIF value of an image that needs this turning.
func (t turning) orientation() int {
	if t.flipped {
		return [4]int{2, 5, 4, 7}[t.quarters]
	}
	return [4]int{1, 6, 3, 8}[t.quarters]
}

// then is t followed by next. Behind a flip the next turns run the other way round.
func (t turning) then(next turning) turning {
	quarters := next.quarters
	if t.flipped {
		quarters = -quarters
	}
	return turning{(t.quarters + quarters + 4) % 4, t.flipped != next.flipped}
}

// undone turns back. A flip undoes itself, and with it the turns before it.
func (t turning) undone() turning {
	if t.flipped {
		return t
	}
	return turning{(4 - t.quarters) % 4, false}
}

// turn is what is left to do, as an orientation, to an image that is upright by EXIF; 0 is
// nothing.
func (g Geometry) turn(orientation int) int {
	t := turning{}
	if g.AsStored {
		t = turningOf(orientation).undone()
	}
	t = t.then(turning{quarters: (g.QuarterTurns%4 + 4) % 4})
	if g.FlipX {
		t = t.then(turning{0, true})
	}
	if g.FlipY { // upside down and flipped left to right
		t = t.then(turning{2, true})
	}
	if t == (turning{}) {
		return 0
	}
	return t.orientation()
}

// turned gives s with its sides swapped where the orientation lays it on one.
func (s size) turned(orientation int) size {
	if orientation >= 5 && orientation <= 8 {
		return size{s.height, s.width}
	}
	return s
}
