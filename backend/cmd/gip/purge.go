package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/httpapi"
)

// purgeCommand has the running server forget what it keeps.
type purgeCommand struct {
	Source string `xor:"what" help:"Everything made of this source, and the original itself."`
	Prefix string `xor:"what" help:"The same for every source that begins so: https://blog.example/media/."`
	Site   string `xor:"what" help:"The same for every source that this site lists."`
	URL    string `xor:"what" name:"url" help:"The one image at this address, in each format that visitors may have got."`
	All    bool   `xor:"what" help:"Everything."`
	Server string `help:"Address of the server, with GIP_ADMIN_TOKEN as it has it; else the one that runs with the data folder."`
	Data   string `help:"The data folder of the server (GIP_DATA)."`
	Config string `help:"The YAML file of the server (GIP_CONFIG)."`
}

// Run prints how much was forgotten; when it returns, it was.
func (c purgeCommand) Run() error {
	query, err := c.query()
	if err != nil {
		return usageError{err}
	}
	settings, err := folderSettings(c.Data, c.Config)
	if err != nil {
		return usageError{err}
	}
	server, err := runningServer(settings, c.Server)
	if err != nil {
		return err
	}
	var purged httpapi.Purged
	if err := server.call(context.Background(), http.MethodDelete, "/api/v1/cache?"+query.Encode(), &purged); err != nil {
		return err
	}
	fmt.Printf("removed %d images and %d originals\n", purged.Images, purged.Originals)
	return nil
}

// query is the one thing that was asked for.
func (c purgeCommand) query() (url.Values, error) {
	for name, value := range map[string]string{"source": c.Source, "prefix": c.Prefix, "site": c.Site, "url": c.URL} {
		if value != "" {
			return url.Values{name: {value}}, nil
		}
	}
	if c.All {
		return url.Values{"all": {"true"}}, nil
	}
	return nil, errors.New("say what: --source URL, --prefix URL, --site NAME, --url URL or --all")
}

// folderSettings are those of a server whose folder or file is named.
func folderSettings(data, file string) (config.Config, error) {
	flags := map[string]string{}
	if data != "" {
		flags["data"] = data
	}
	if file != "" {
		flags["config"] = file
	}
	return config.FromProcess(flags, checkSettings)
}

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

// call asks the server's API, and reads its JSON answer into result.
func (s apiServer) call(ctx context.Context, method, path string, result any) error {
	request, err := http.NewRequestWithContext(ctx, method, s.address+path, nil)
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
