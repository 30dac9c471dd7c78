package httpapi

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gofiber/fiber/v2"
)

// Images answers canonical keys; cache.Group does.
type Images interface {
	Get(ctx context.Context, key string) (cache.Answer, error)
}

// Config is all that the server needs.
type Config struct {
	Images      Images
	Peek        func(key string) (cache.Answer, bool) // what is kept of Images, at once; nil: nothing is replayed
	Ring        sign.Ring
	Insecure    bool        // accept any signature in exact URLs
	Sealer      sign.Sealer // opens enc/ sources of exact URLs; the zero one opens none
	Sites       site.Set
	Allow       func(*url.URL) bool // sources of exact URLs; nil: all
	Presets     map[string]string   // of exact URLs
	OnlyPresets bool                // exact URLs name presets and nothing else
	Limits      bool                // exact URLs may name limits (msr and the like)
	Watermark   Watermark
	PublicURL   string                                                // the endpoint as browsers see it; "": taken from each request
	MaxAge      time.Duration                                         // Cache-Control of images; 0 means 30 days
	FallbackOK  bool                                                  // exact URLs answer 200 where a fallback stands in, else the failure's status
	Timeout     time.Duration                                         // of one request; 0 means 60 seconds
	Assets      fs.FS                                                 // the scripts of scriptNames
	Ready       func() error                                          // nil error: can serve images; nil func: always
	Stats       func() any                                            // for /api/v1/stats; nil: null
	Purge       func(ctx context.Context, what Purge) (Purged, error) // for DELETE /api/v1/cache, complete when it returns; nil: there is nothing to forget
	Warmers     int                                                   // images made at one time for POST /api/v1/warm; 0 means 1
	AdminToken  string                                                // bearer token of /api/v1; "": nobody has it
	Version     string
	Connections int              // simultaneous ones; more are refused with 503. 0 means fasthttp's 262,144
	Log         *slog.Logger     // nil: slog.Default()
	Now         func() time.Time // nil: time.Now
}

// Server is the HTTP front. Make it with New.
type Server struct {
	Config
	app        *fiber.App
	routes     map[string]route
	assets     map[string]asset
	limits     siteLimits
	memo       *cache.Memo[*target]
	warming    chan struct{} // a place for each image that is being warmed
	signLimits siteLimits
	hot        sync.Map // the open *hotConnection
	leaving    atomic.Bool
}

const (
	readTimeout  = 10 * time.Second
	writeTimeout = 5 * time.Minute // over a whole answer: 20 MB at 64 kB/s
	idleTimeout  = 90 * time.Second
)

type route func(c *fiber.Ctx, path string) error

// New builds the server; it fails when a script asset is missing.
func New(config Config) (*Server, error) {
	s := &Server{
		Config: withDefaults(config), limits: newSiteLimits(config.Sites), signLimits: newSignLimits(config.Sites),
		memo: cache.NewMemo[*target](memoBytes), warming: make(chan struct{}, max(config.Warmers, 1)),
	}
	assets, err := readAssets(config.Assets, scriptNames()...)
	if err != nil {
		return nil, err
	}
	s.assets = assets
	s.routes = s.table()
	s.app = fiber.New(fiber.Config{
		ServerHeader:            "gip",
		DisableStartupMessage:   true,
		EnableTrustedProxyCheck: true, // with no proxy listed: X-Forwarded-* is never believed
		ReadTimeout:             readTimeout,
		WriteTimeout:            writeTimeout,
		Concurrency:             config.Connections,
		IdleTimeout:             idleTimeout,
		ReadBufferSize:          16 << 10, // also the longest request line
		BodyLimit:               1 << 20,
		ErrorHandler:            s.fail,
	})
	s.app.Use(s.logAccess, s.dispatch)
	server := s.app.Server()
	server.Handler, server.ConnState = s.survive(server.Handler), follow
	return s, nil
}

func withDefaults(c Config) Config {
	if c.MaxAge == 0 {
		c.MaxAge = 30 * 24 * time.Hour
	}
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Ready == nil {
		c.Ready = func() error { return nil }
	}
	if c.Purge == nil {
		c.Purge = func(context.Context, Purge) (Purged, error) { return Purged{}, nil }
	}
	if c.Stats == nil {
		c.Stats = func() any { return nil }
	}
	return c
}

// table is every reserved first segment. These win over signatures; whatever is not here is
// an exact URL.
func (s *Server) table() map[string]route {
	routes := map[string]route{
		"":            s.home,
		"health":      s.health,
		"ready":       s.ready,
		"s":           s.siteImage,
		"u":           s.urlImage,
		"api":         s.api,
		"info":        s.info,
		"gip-sw.js":   notHere, // the shim is hosted by the site itself
		"admin":       notHere,
		"demo":        notHere,
		"metrics":     notHere,
		"favicon.ico": notHere,
		"robots.txt":  notHere,
	}
	for _, name := range scriptNames() {
		routes[name] = s.script
	}
	return routes
}

// dispatch routes by the raw path: fiber's own Path() is normalised and would lose bytes that
// were signed.
func (s *Server) dispatch(c *fiber.Ctx) error {
	setCommonHeaders(c)
	if speaksOfBody(c.Request().Header.RawHeaders()) {
		c.Context().SetConnectionClose()
	}
	path, err := rawPath(c)
	if err != nil {
		return err
	}
	first, rest := splitFirst(path)
	handle, reserved := s.routes[first]
	if !reserved {
		handle = s.exactImage
	}
	if !methodAllowed(c, path) {
		return fault.New(fault.Invalid, "method %q is not allowed here", c.Method())
	}
	if reserved && (first == "s" || first == "u" || first == "api" || first == "info") {
		return handle(c, rest)
	}
	return handle(c, path)
}

// methodAllowed: images and pages are read; only the API changes something.
func methodAllowed(c *fiber.Ctx, path string) bool {
	allowed := []string{fiber.MethodGet, fiber.MethodHead}
	switch path {
	case "/api" + signPath: // says itself, to browsers too
		return true
	case "/api" + cachePath:
		allowed = []string{fiber.MethodDelete}
	case "/api" + warmPath:
		allowed = []string{fiber.MethodPost}
	}
	if slices.Contains(allowed, c.Method()) {
		return true
	}
	c.Set(fiber.HeaderAllow, strings.Join(allowed, ", "))
	return false
}

// Serve answers on the listener until Shutdown.
func (s *Server) Serve(listener net.Listener) error { return s.app.Listener(hotListener{listener, s}) }

// Shutdown stops accepting, and waits for running requests until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.leave()
	err := s.app.ShutdownWithContext(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.New(fault.Timeout, "requests were still running at the shutdown deadline")
	}
	return err
}

// exactGrammar is the only one that opens sealed sources: on a site's URLs a stranger could put
// a sealed source that they found beside options that nobody signed.
func (s *Server) exactGrammar() imageurl.Grammar {
	return imageurl.Grammar{Presets: s.Presets, OnlyPresets: s.OnlyPresets, Bounded: !s.Limits, Open: s.Sealer.Open}
}

func notHere(*fiber.Ctx, string) error {
	return fault.New(fault.NotFound, "there is nothing at this address")
}
