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
	"github.com/gip4all/gip4all/backend/origin"
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
	log    *slog.Logger
	alone  bool // no other gip serve has this data folder
	http   *httpapi.Server
	images *cache.Group
	pool   *worker.Pool
	spare  *worker.Spare // nil: no image is made later
	source *source.Fetcher

	originals *origin.Originals
	// drops forget what else was made of sources; they run between originals and images.
	drops []func(match func(source string) bool)
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
	if n.originals, err = n.newOriginals(settings); err != nil {
		return err
	}
	if err = n.startWorkers(settings); err != nil {
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

// startWorkers starts those that visitors wait for; the spare one starts when it is needed.
func (n *node) startWorkers(settings config.Config) error {
	folder, err := n.workFolder(settings)
	if err != nil {
		return err
	}
	executable, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find gip itself: %w", err)
	}
	workers := worker.Config{
		Command:     []string{executable, "worker"},
		Workers:     settings.Workers,
		Policy:      policyOf(settings),
		Deadline:    settings.TransformTimeout,
		MemoryLimit: uint64(settings.WorkerMemory),
		TempDir:     folder,
		Log:         n.log,
	}
	if n.pool, err = worker.New(workers); err != nil {
		return err
	}
	if settings.AVIFLaterPixels > 0 {
		workers.Deadline *= laterTimes
		n.spare = worker.NewSpare(workers)
	}
	return nil
}

// laterTimes is how much longer an image may take that nobody waits for, and that gets only the
// processor time that others leave.
const laterTimes = 4

func policyOf(settings config.Config) transform.Policy {
	return transform.Policy{
		MaxSourcePixels: settings.MaxSourcePixels,
		MaxSide:         settings.MaxSide,
		MaxFrames:       settings.MaxFrames,
		AVIFPixels:      settings.AVIFPixels,
		AVIFLaterPixels: settings.AVIFLaterPixels,
		AVIFSpeed:       settings.AVIFSpeed,
		AVIFLaterSpeed:  settings.AVIFLaterSpeed,
		WebPEffort:      settings.WebPEffort,
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
	making := render.Config{
		Source: n.originals, Pixels: n.pool, Slots: n.pool.Workers(), Queue: settings.Queue,
		MaxAge: settings.MaxAge, Stale: settings.Stale,
		Intermediates: int(settings.IntermediateCache),
		Fallbacks:     render.Fallbacks{Pictures: pictures{n}, Source: fallbackSource(settings)},
	}
	if n.spare != nil {
		making.Later = n.spare
	}
	renderer, err := render.New(making)
	if err != nil {
		return nil, err
	}
	n.drops = append(n.drops, renderer.DropSources)
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
		Peek:        n.images.Peek,
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
		Stats:       n.stats,
		Purge:       n.purge,
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
	if n.spare != nil {
		failures = append(failures, n.spare.Close(ctx))
	}
	if n.originals != nil {
		failures = append(failures, within(ctx, n.originals.Close))
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
