package transform

// Filter is a named Look in the style of photo apps.
type Filter struct {
	Name, About string
	Look        Look
}

// Filters are all of them, by name. docs/filters.md shows the same table; a test compares.
func Filters() []Filter {
	return []Filter{
		{"arctic", "cold light on snow", Look{Brightness: 12, Saturation: Times(.75), Colorize: tint(.14, 0x5a, 0xa0, 0xff)}},
		{"autumn", "golden leaves", Look{Contrast: Times(1.08), Saturation: Times(1.15), Colorize: tint(.16, 0xff, 0x8c, 0x1e)}},
		{"chrome", "clear, strong colours", Look{Brightness: 5, Contrast: Times(1.22), Saturation: Times(1.35)}},
		{"fade", "an old print, its black gone grey", Look{Brightness: 14, Contrast: Times(.74), Saturation: Times(.7)}},
		{"film", "teal shadows, warm lights", Look{Contrast: Times(1.1), Duotone: split(.3, Color{0x0c, 0x3c, 0x48}, Color{0xff, 0xe2, 0xb4})}},
		{"ink", "blue on paper", Look{Contrast: Times(1.1), Duotone: split(1, Color{0x10, 0x1e, 0x5c}, Color{0xf6, 0xf1, 0xe4})}},
		{"mono", "black and white", Look{Contrast: Times(1.05), Saturation: colourless()}},
		{"noir", "hard black and white", Look{Brightness: -12, Contrast: Times(1.55), Saturation: colourless()}},
		{"pop", "two loud colours", Look{Contrast: Times(1.2), Duotone: split(1, Color{0x52, 0x0c, 0x9e}, Color{0xff, 0xc8, 0x3d})}},
		{"rose", "a soft blush", Look{Brightness: 10, Contrast: Times(.92), Colorize: tint(.14, 0xff, 0x5e, 0x9a)}},
		{"sepia", "brown as in an album", Look{Contrast: Times(.95), Monochrome: Monochrome{.9, Color{0xa8, 0x80, 0x50}}}},
		{"vivid", "more colour", Look{Contrast: Times(1.08), Saturation: Times(1.6)}},
	}
}

// FilterByName finds one; "" is the filter that changes nothing.
func FilterByName(name string) (filter Filter, known bool) {
	for _, f := range Filters() {
		if f.Name == name {
			return f, true
		}
	}
	return Filter{}, name == ""
}

func colourless() Factor { return Times(0) }

func tint(opacity float64, r, g, b uint8) Colorize {
	return Colorize{Opacity: opacity, Color: Color{r, g, b}, KeepAlpha: true}
}

func split(intensity float64, dark, light Color) Duotone {
	return Duotone{Intensity: intensity, Dark: dark, Light: light}
}
