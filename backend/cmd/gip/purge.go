package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/httpapi"
)

// purgeCommand has the running server forget what it keeps.
type purgeCommand struct {
	Source string `xor:"what" help:"Everything made of this source, and the original itself."`
	Prefix string `xor:"what" help:"The same for every source that begins so: https://blog.example/media/."`
	Tag    string `xor:"what" help:"The same for the sources of all images whose addresses have this tag (ct)."`
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
	if err := server.call(context.Background(), http.MethodDelete, "/api/v1/cache?"+query.Encode(), nil, &purged); err != nil {
		return err
	}
	fmt.Printf("removed %d images and %d originals\n", purged.Images, purged.Originals)
	return nil
}

// query is the one thing that was asked for.
func (c purgeCommand) query() (url.Values, error) {
	for name, value := range map[string]string{"source": c.Source, "prefix": c.Prefix, "tag": c.Tag, "site": c.Site, "url": c.URL} {
		if value != "" {
			return url.Values{name: {value}}, nil
		}
	}
	if c.All {
		return url.Values{"all": {"true"}}, nil
	}
	return nil, errors.New("say what: --source URL, --prefix URL, --tag NAME, --site NAME, --url URL or --all")
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
