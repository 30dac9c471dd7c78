package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
)

// apiServer is a running server and the right to tell it something.
type apiServer struct{ address, token string }

// runningServer is the one at the address, else the one that runs with the data folder.
func runningServer(settings config.Config, address string) (apiServer, error) {
	if address == "" {
		written, err := os.ReadFile(filepath.Join(settings.Data, addressFile))
		if errors.Is(err, fs.ErrNotExist) {
			return apiServer{}, fmt.Errorf("no gip serve runs with the data folder %q: set GIP_DATA as it has it, or give --server", settings.Data)
		}
		if err != nil {
			return apiServer{}, fmt.Errorf("find the running server: %w", err)
		}
		address = strings.TrimSpace(string(written))
	}
	token := settings.AdminToken.Reveal()
	if token == "" {
		kept, err := os.ReadFile(filepath.Join(settings.Data, tokenFile))
		if err != nil {
			return apiServer{}, fmt.Errorf("the data folder %q has no admin token: set GIP_ADMIN_TOKEN as the server has it", settings.Data)
		}
		token = strings.TrimSpace(string(kept))
	}
	return apiServer{strings.TrimSuffix(address, "/"), token}, nil
}

// call sends order as JSON, unless it is nil, and reads the JSON answer into result.
func (s apiServer) call(ctx context.Context, method, path string, order, result any) error {
	var sent io.Reader
	if order != nil {
		text, err := json.Marshal(order)
		if err != nil {
			return fmt.Errorf("write the order: %w", err)
		}
		sent = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.address+path, sent)
	if err != nil {
		return usageError{fmt.Errorf("server %q is not an address such as http://localhost:8080", s.address)}
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("no gip serve answers at %s: %w", s.address, errors.Unwrap(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("read the answer of %s: %w", s.address, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d: %s", s.address, response.StatusCode, strings.TrimSpace(string(body)))
	}
	if err := json.Unmarshal(body, result); err != nil {
		return fmt.Errorf("%s is no gip server of this version: %w", s.address, err)
	}
	return nil
}
