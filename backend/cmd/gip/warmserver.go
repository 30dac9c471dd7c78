package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
)

// adminClient talks to the server that runs with a data folder, as its owner.
type adminClient struct{ base, token string }

// runningServer finds it by what it wrote into the folder.
func runningServer(settings config.Config) (adminClient, error) {
	address, err := os.ReadFile(filepath.Join(settings.Data, addressFile))
	if errors.Is(err, os.ErrNotExist) {
		return adminClient{}, fmt.Errorf("no gip serve runs with the data folder %s: start it, or name its folder with --data", settings.Data)
	}
	if err != nil {
		return adminClient{}, err
	}
	token := settings.AdminToken.Reveal()
	if token == "" {
		kept, err := os.ReadFile(filepath.Join(settings.Data, tokenFile))
		if err != nil {
			return adminClient{}, fmt.Errorf("read the admin token: %w", err)
		}
		token = strings.TrimSpace(string(kept))
	}
	return adminClient{strings.TrimSpace(string(address)), token}, nil
}

// warmOrder and warmed are the body and a line of the answer of POST /api/v1/warm.
type warmOrder struct {
	Sources []string `json:"sources"`
	Site    string   `json:"site,omitempty"`
	Widths  []int    `json:"widths,omitempty"`
	Formats []string `json:"formats,omitempty"`
	Options []string `json:"options,omitempty"`
}

type warmed struct {
	Source             string
	Made, Kept, Failed int
	Error              string
}

func (w *warmed) add(one warmed) {
	w.Made, w.Kept, w.Failed = w.Made+one.Made, w.Kept+one.Kept, w.Failed+one.Failed
}

func (w *warmed) report(ctx context.Context, sources int) error {
	fmt.Printf("%d sources: %d images made, %d were there, %d failed\n", sources, w.Made, w.Kept, w.Failed)
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case w.Failed > 0:
		return fmt.Errorf("%d images were not made", w.Failed)
	}
	return nil
}

// warm has the images of one source made. What the server refuses altogether is an error.
func (a adminClient) warm(ctx context.Context, order warmOrder) (done warmed, err error) {
	body, err := json.Marshal(order)
	if err != nil {
		return done, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/api/v1/warm", bytes.NewReader(body))
	if err != nil {
		return done, err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return done, fmt.Errorf("the server at %s does not answer: %w", a.base, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(response.Body, 1<<10))
		return done, fmt.Errorf("the server refused (%d): %s", response.StatusCode, strings.TrimSpace(string(why)))
	}
	if err := json.NewDecoder(response.Body).Decode(&done); err != nil {
		return done, fmt.Errorf("the server broke off: %w", err)
	}
	return done, nil
}
