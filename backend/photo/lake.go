package photo

// lake is still water: what is above its shore stands in it upside down, stretched, and
// broken by ripples that grow towards the viewer.
type lake struct {
	f       *view
	shore   float32 // v of the far shore
	stretch float32 // how much of the land the water shows
	ripples float32 // how far they displace the mirrored land
	bright  float32 // part of the light that is mirrored
	colour  rgb     // of the water itself, which shows more at the viewer's feet
	depth   float32 // how fast it does
}

// at asks land for the colour above the shore, or for the mirrored one below it.
func (l lake) at(x int, u, v float32, land func(x int, u, v float32) rgb) rgb {
	down := v - l.shore
	if down <= 0 {
		return land(x, u, v)
	}
	away := 0.018 / (down + 0.013)
	ripple := l.f.noise.at(u*(0.3+0.9*away), away*6) + 0.6*l.f.noise.at(u*(0.9+3.3*away), away*27)
	broken := ripple * l.ripples * smooth(0, 0.18, down)
	mirrored := u + broken*0.4
	c := land(l.f.column(mirrored), mirrored, l.shore-down*l.stretch+broken-0.002)
	return mix(c.scale(l.bright), l.colour, 0.17+l.depth*down)
}
