package imageurl

// lookOptions are effects on colours and shapes.
func lookOptions() []option { return nil }
