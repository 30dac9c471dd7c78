package main

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/photo"
	"golang.org/x/sync/errgroup"
)

// warm asks for each photo as browsers will, so that the first reload is not slower than the
// originals: the worker gives the backend only 800 ms.
func warm(ctx context.Context, site, base string) error {
	fmt.Println("warming the demo's images …")
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for _, scene := range photo.Scenes() {
		path := imageurl.Request{Source: site + "/photos/" + scene.Name}.String()
		for _, accept := range []string{"image/avif,image/webp", "image/webp"} {
			group.Go(func() error { return fetchOnce(ctx, base+"/f:auto"+path, accept) })
		}
		for _, width := range demoWidths() {
			address := fmt.Sprintf("%s/w:%d/f:auto%s", base, width, path)
			group.Go(func() error { return fetchOnce(ctx, address, "image/avif,image/webp") })
		}
	}
	return group.Wait()
}

// demoWidths are the rungs that the demo page's columns take on ordinary screens, at one and at
// two pixels for each of CSS.
func demoWidths() []int { return []int{384, 512, 768, 960} }

func fetchOnce(ctx context.Context, address, accept string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("warm the demo: %w", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 64<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the server answered %d: %s", response.StatusCode, body)
	}
	if err != nil {
		return fmt.Errorf("warm the demo: %w", err)
	}
	return nil
}
