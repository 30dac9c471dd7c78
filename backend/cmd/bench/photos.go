package main

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // sizes of photographs
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/photo"
)

// photograph is an original as the origin serves it.
type photograph struct {
	name          string
	data          []byte
	width, height int
}

// loadPhotos reads the folder's JPEG files, or paints some.
func loadPhotos(o options) ([]photograph, error) {
	if o.photos == "" {
		return paintPhotos(o.short)
	}
	files, err := filepath.Glob(filepath.Join(o.photos, "*.jp*g"))
	if err != nil || len(files) == 0 {
		return nil, fault.New(fault.Invalid, "-photos: no JPEG file in %s", o.photos)
	}
	var photos []photograph
	for _, file := range files {
		data, err := os.ReadFile(file) //nolint:gosec // the user's own folder
		if err != nil {
			return nil, err
		}
		if photos, err = appendPhoto(photos, filepath.Base(file), data); err != nil {
			return nil, err
		}
	}
	return photos, nil
}

func paintPhotos(short bool) ([]photograph, error) {
	var photos []photograph
	for i, scene := range photo.Scenes() {
		if strings.HasSuffix(scene.Name, ".png") || short && i >= 2 {
			continue
		}
		if short {
			scene.Width, scene.Height = 900, 600
		}
		var data bytes.Buffer
		err := scene.Encode(&data)
		if err == nil {
			photos, err = appendPhoto(photos, scene.Name, data.Bytes())
		}
		if err != nil {
			return nil, err
		}
	}
	return photos, nil
}

func appendPhoto(photos []photograph, name string, data []byte) ([]photograph, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return append(photos, photograph{name, data, size.Width, size.Height}), nil
}

// nearest is the photograph with about so many pixels.
func nearest(photos []photograph, pixels int) photograph {
	best := photos[0]
	for _, each := range photos[1:] {
		if distance(each, pixels) < distance(best, pixels) {
			best = each
		}
	}
	return best
}

func distance(p photograph, pixels int) int {
	return max(p.width*p.height-pixels, pixels-p.width*p.height)
}

// tiny is a photograph that costs nobody anything: slow origins serve it.
func tiny() (photograph, error) {
	var data bytes.Buffer
	if err := (photo.Scene{Name: "tiny.jpg", Width: 64, Height: 48, Seed: 1}).Encode(&data); err != nil {
		return photograph{}, err
	}
	return photograph{"tiny.jpg", data.Bytes(), 64, 48}, nil
}
