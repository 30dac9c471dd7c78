package imageurl

// framesOptions are pages and animations.
func framesOptions() []option { return nil }
