package imageurl

// geometryOptions are how the picture is cut, turned and laid out beyond resizing.
func geometryOptions() []option { return nil }
