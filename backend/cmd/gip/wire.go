package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
	"github.com/gip4all/gip4all/sw"
)

// node is one running server: its parts in the order in which they are closed.
type node struct {
	log      *slog.Logger
	alone    bool // no other gip serve has this data folder
	http     *httpapi.Server
	images   *cache.Group
	renderer *render.Renderer
	pool     *worker.Pool
	source   *source.Fetcher
}

// wire builds everything from the settings. Read it from top to bottom: it is the system.
func wire(settings config.Config, log *slog.Logger) (*node, error) {
	n := &node{log: log}
	if err := n.build(settings); err != nil {
		return nil, errors.Join(err, n.close(context.Background()))
	}
	return n, nil
}

func (n *node) build(settings config.Config) error {
	ring, err := keyRing(settings, n.log)
	if err != nil {
		return err
	}
	if n.alone, err = lock(settings.Data); err != nil {
		return err
	}
	if !n.alone {
		n.log.Warn("another gip serve uses this data folder: no disk cache here", "data", settings.Data)
	}
	sealer, err := sealerOf(settings, n.log)
	if err != nil {
		return err
	}
	token, err := adminToken(settings, n.log)
	if err != nil {
		return err
	}
	sites, err := namedSites(settings)
	if err != nil {
		return err
	}
	sources, err := newSourceRules(settings)
	if err != nil {
		return err
	}
	if n.source, err = newFetcher(settings, sources); err != nil {
		return err
	}
	if n.pool, err = n.newPool(settings); err != nil {
		return err
	}
	if n.images, err = n.newImages(settings); err != nil {
		return err
	}
	n.http, err = n.newHTTP(settings, secrets{ring, sealer, token}, sites, sources)
	return err
}

// secrets are what the data folder or the settings keep.
type secrets struct {
	ring       sign.Ring
	sealer     sign.Sealer
	adminToken string
}

func newFetcher(settings config.Config, rules sourceRules) (*source.Fetcher, error) {
	return source.New(source.Config{
		Allow:          rules.anyone,
		AllowNetworks:  settings.AllowNetworks,
		AllowPorts:     settings.AllowPorts,
		AllowAddresses: rules.demoAddresses,
		LocalRoot:      settings.LocalRoot,
		MaxBytes:       int64(settings.MaxSourceBytes),
		ConnectTimeout: settings.ConnectTimeout,
		HeaderTimeout:  settings.HeaderTimeout,
		Timeout:        settings.FetchTimeout,
	})
}

func (n *node) newPool(settings config.Config) (*worker.Pool, error) {
	folder, err := n.workFolder(settings)
	if err != nil {
		return nil, err
	}
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find gip itself: %w", err)
	}
	return worker.New(worker.Config{
		Command:     []string{executable, "worker"},
		Workers:     settings.Workers,
		Policy:      policyOf(settings),
		Deadline:    settings.TransformTimeout,
		MemoryLimit: uint64(settings.WorkerMemory),
		TempDir:     folder,
		Log:         n.log,
	})
}

func policyOf(settings config.Config) transform.Policy {
	return transform.Policy{
		MaxSourcePixels: settings.MaxSourcePixels,
		MaxSide:         settings.MaxSide,
		MaxFrames:       settings.MaxFrames,
		AVIFPixels:      settings.AVIFPixels,
		AVIFSpeed:       settings.AVIFSpeed,
		Quality:         settings.Quality,
		WebPQuality:     settings.WebPQuality,
		AVIFQuality:     settings.AVIFQuality,
		SVG:             settings.SVG,
		SVGPass:         settings.SVGPass,
		TIFF:            settings.TIFF,
		PDF:             settings.PDF,
	}.WithDefaults()
}

// newImages layers the caches over the renderer.
func (n *node) newImages(settings config.Config) (*cache.Group, error) {
	renderer, err := render.New(render.Config{
		Source: n.source, Pixels: n.pool, Slots: n.pool.Workers(), Queue: settings.Queue, MaxAge: settings.MaxAge,
		Fallbacks:     render.Fallbacks{Pictures: pictures{n}, Source: fallbackSource(settings)},
		Intermediates: int(settings.IntermediateCache),
	})
	if err != nil {
		return nil, err
	}
	n.renderer = renderer
	layers := []cache.Layer{cache.NewMemory(int64(settings.MemoryCache))}
	disk, err := n.diskLayer(settings)
	if err != nil {
		return nil, err
	}
	if disk != nil {
		layers = append(layers, disk)
	}
	return cache.NewGroup(cache.GroupConfig{Layers: layers, Load: renderer.Load, Timeout: settings.RequestTimeout, Log: n.log})
}

func (n *node) newHTTP(settings config.Config, secret secrets, sites site.Set, rules sourceRules) (*httpapi.Server, error) {
	if settings.Insecure {
		n.log.Warn("insecure: exact URLs are answered whatever their signature; anyone can spend this machine's CPU")
	}
	return httpapi.New(httpapi.Config{
		Images:      n.images,
		Ring:        secret.ring,
		Sealer:      secret.sealer,
		Insecure:    settings.Insecure,
		Sites:       sites,
		Allow:       rules.exact,
		Presets:     settings.Presets,
		OnlyPresets: settings.OnlyPresets,
		Limits:      settings.AllowSecurityOptions,
		Watermark:   watermarkOf(settings),
		PublicURL:   publicURL(settings),
		MaxAge:      settings.MaxAge,
		FallbackOK:  settings.FallbackStatus == "200",
		Timeout:     settings.RequestTimeout,
		Assets:      sw.Files(),
		Ready:       n.ready,
		Stats:       func() any { return n.images.Stats() },
		Warmers:     max(1, n.pool.Workers()/2),
		AdminToken:  secret.adminToken,
		Version:     version,
		Connections: connections(),
		Log:         n.log,
	})
}

func publicURL(settings config.Config) string {
	if settings.PublicURL == nil {
		return ""
	}
	return settings.PublicURL.String()
}

// ready: at least one worker lives.
func (n *node) ready() error {
	if len(n.pool.PIDs()) == 0 {
		return fault.New(fault.Busy, "no image worker is running")
	}
	return nil
}

// close stops what build started, also when it stopped half way.
func (n *node) close(ctx context.Context) error {
	var failures []error
	if n.images != nil {
		failures = append(failures, within(ctx, n.images.Close))
	}
	if n.pool != nil {
		failures = append(failures, n.pool.Close(ctx))
	}
	if n.source != nil {
		failures = append(failures, n.source.Close())
	}
	return errors.Join(failures...)
}

// within runs a close that knows no deadline, and waits for it no longer than ctx.
func within(ctx context.Context, closing func() error) error {
	done := make(chan error, 1)
	go func() { done <- closing() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fault.New(fault.Timeout, "images were still being made at the shutdown deadline")
	}
}
