package main

import (
	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
)

// checkWatermark finds what would fail at every watermark: a source that is none, or that the
// settings themselves forbid. It fetches nothing.
func checkWatermark(settings config.Config) []error {
	if settings.Watermark == "" {
		return nil
	}
	parsed, err := imageurl.ParseSource(settings.Watermark)
	if err != nil {
		return []error{fault.New(fault.Invalid, "watermark (GIP_WATERMARK): %s", fault.Message(err))}
	}
	if listed := settings.AllowedSources; !listed.Empty() && !listed.Match(parsed) {
		return []error{fault.New(fault.Invalid, "watermark (GIP_WATERMARK): its source is not among allowed_sources (GIP_ALLOWED_SOURCES)")}
	}
	return nil
}

func watermarkOf(settings config.Config) httpapi.Watermark {
	return httpapi.Watermark{Source: settings.Watermark, Opacity: float64(settings.WatermarkOpacity) / 100}
}
