package config

import (
	"net/netip"
	"net/url"
	"time"

	"github.com/gip4all/gip4all/backend/site"
)

// Config is every setting of gip serve. [Load] makes a valid one.
//
// The tags of a field: name is its YAML key; flag and variable follow from it. help, takes and
// example are for people; form, choices, min and max are checked; only:"yaml" and only:"argv"
// say where a setting may stand. An int of 0 that min forbids would mean "the default" to the
// package that gets it.
type Config struct {
	Listen          string        `group:"Server" name:"listen" form:"listen" default:"127.0.0.1:8080" takes:"host:port" example:"0.0.0.0:8080" help:"Address to serve on. If its port is taken and nobody asked for it, the next ones are tried."`
	PublicURL       *url.URL      `group:"Server" name:"public_url" takes:"an http or https URL without path" example:"https://img.example.com" help:"The address browsers see, behind a proxy or tunnel."`
	Data            string        `group:"Server" name:"data" default:"data" takes:"a folder" example:"/var/lib/gip" help:"Where generated keys, tokens and the disk cache live."`
	File            string        `group:"Server" name:"config" only:"argv" takes:"a YAML file" example:"gip.yaml" help:"File with settings and sites."`
	AdminToken      Secret        `group:"Server" name:"admin_token" takes:"any text without spaces" example:"$(openssl rand -hex 32)" help:"Bearer token of the API. Without one, gip makes one and keeps it in the data folder."`
	RequestTimeout  time.Duration `group:"Server" name:"request_timeout" default:"60s" min:"1ms" help:"How long making one image may take, from fetch to encode."`
	ShutdownTimeout time.Duration `group:"Server" name:"shutdown_timeout" default:"20s" min:"0s" help:"How long running requests may take once gip is told to stop."`
	PProf           string        `group:"Server" name:"pprof" form:"loopback" takes:"loopback-address:port" example:"127.0.0.1:6060" help:"Where Go's profiles (/debug/pprof/) are served, on a listener of their own; without it nowhere."`
	Demo            *url.URL      `group:"Server" name:"demo" takes:"an http or https URL without path" example:"http://127.0.0.1:8090" help:"Where gip demo listens; that address is allowed as a source for the demo only."`

	Keys          Secret `group:"URLs" name:"keys" list:"true" takes:"hexkey:hexsalt pairs" example:"$(openssl rand -hex 32):$(openssl rand -hex 32)" help:"Keys and salts of signatures. The first signs, all verify. Without any, gip makes a pair and keeps it in the data folder."`
	SignatureSize int    `group:"URLs" name:"signature_size" default:"32" min:"16" max:"32" help:"Bytes of a signature that are kept."`
	SealKeys      Secret `group:"URLs" name:"seal_keys" list:"true" takes:"hex keys of 64 bytes" example:"$(openssl rand -hex 64)" help:"Keys that hide sources in enc/ URLs. The first seals, all open. Without any, gip makes one and keeps it in the data folder."`
	Insecure      bool   `group:"URLs" name:"insecure" default:"false" help:"Accept any signature. For trying things out only."`

	LocalRoot      string         `group:"Sources" name:"local_root" takes:"a folder" example:"/srv/photos" help:"Folder behind local:///; without it there is none."`
	AllowedSources site.Patterns  `group:"Sources" name:"allowed_sources" takes:"URL prefixes scheme://host[:port]/path, where * stays inside one host label or path segment" example:"https://blog.example/media/,local:///photos/" help:"What may be fetched. Without any: every public host, for exact URLs only."`
	AllowNetworks  []netip.Prefix `group:"Sources" name:"allow_networks" takes:"networks as CIDRs or addresses" example:"10.0.0.0/8,192.168.1.7" help:"Networks that sources may be in besides public ones; any port there."`
	AllowPorts     []int          `group:"Sources" name:"allow_ports" min:"1" max:"65535" takes:"port numbers from 1 to 65535" example:"8080,8443" help:"Ports of public sources besides 80 and 443."`
	MaxSourceBytes ByteSize       `group:"Sources" name:"max_source_bytes" default:"32MB" min:"1KB" max:"4GB" help:"Largest source file."`
	ConnectTimeout time.Duration  `group:"Sources" name:"connect_timeout" default:"5s" min:"1ms" help:"How long connecting to an origin may take."`
	HeaderTimeout  time.Duration  `group:"Sources" name:"header_timeout" default:"10s" min:"1ms" help:"How long an origin's first answer may take."`
	FetchTimeout   time.Duration  `group:"Sources" name:"fetch_timeout" default:"20s" min:"1ms" help:"How long a whole download may take."`

	MaxSourcePixels  int               `group:"Images" name:"max_source_pixels" default:"50_000_000" min:"1" max:"2_000_000_000" help:"Largest source, and largest result: width × height × frames. Of an animation over it the first frame is served."`
	MaxSide          int               `group:"Images" name:"max_side" default:"16383" min:"1" max:"16383" help:"Longest side of a source or result, in pixels."`
	MaxFrames        int               `group:"Images" name:"max_frames" default:"200" min:"1" max:"10_000" help:"Frames of an animation; of a longer one the first frame is served."`
	Quality          int               `group:"Images" name:"quality" default:"80" min:"1" max:"100" help:"Quality of JPEG and whatever has no setting of its own."`
	WebPQuality      int               `group:"Images" name:"webp_quality" default:"79" min:"1" max:"100" help:"Quality of WebP."`
	AVIFQuality      int               `group:"Images" name:"avif_quality" default:"63" min:"1" max:"100" help:"Quality of AVIF."`
	AVIFPixels       int               `group:"Images" name:"avif_pixels" default:"1_000_000" min:"1" max:"2_000_000_000" help:"Automatic format: AVIF at once up to this many result pixels."`
	AVIFLaterPixels  int               `group:"Images" name:"avif_later_pixels" default:"16_000_000" min:"0" max:"2_000_000_000" help:"Automatic format: above avif_pixels and up to this many, WebP at once and AVIF from a later view on; 0: WebP for good, and f:best is searched before the first answer."`
	WebPEffort       int               `group:"Images" name:"webp_effort" default:"2" min:"1" max:"6" help:"Effort of WebP; 6 is slowest, and smallest."`
	AVIFSpeed        int               `group:"Images" name:"avif_speed" default:"9" min:"1" max:"9" help:"Speed of encoding AVIF that a visitor waits for; 9 is fastest, less is smaller. Of PNG, GIF and other sources that programs draw it is 8 at most."`
	AVIFLaterSpeed   int               `group:"Images" name:"avif_later_speed" default:"7" min:"1" max:"9" help:"The same of AVIF that is made behind an answer."`
	SVG              bool              `group:"Images" name:"svg" default:"false" help:"Accept SVG sources, turned into pixels."`
	SVGPass          bool              `group:"Images" name:"svg_pass" default:"false" help:"With svg: give an SVG as SVG, sanitised, where no change is asked for."`
	TIFF             bool              `group:"Images" name:"tiff" default:"false" help:"Accept TIFF sources."`
	PDF              bool              `group:"Images" name:"pdf" default:"false" help:"Accept PDF sources, one page of which becomes an image."`
	Watermark        string            `group:"Images" name:"watermark" takes:"a source that may be fetched: an http or https URL, or local:///PATH" example:"local:///logo.png" help:"The image of watermarks that name none."`
	WatermarkOpacity int               `group:"Images" name:"watermark_opacity" default:"100" min:"1" max:"100" help:"Percent of their own opacity that all watermarks have."`
	Fallback         string            `group:"Images" name:"fallback" takes:"a source" example:"local:///missing.png" help:"Picture that is sent where a source cannot be had or read."`
	Fallbacks        map[string]string `group:"Images" name:"fallbacks" takes:"status=source pairs, a status of 404, 413, 415, 422, 502, 504, 4xx, 5xx" example:"404=local:///missing.png,5xx=https://cdn.example/later.png" help:"The same by the failure's status; each wins over fallback."`
	FallbackStatus   string            `group:"Images" name:"fallback_status" choices:"failure,200" default:"failure" help:"Status of such an answer: the failure's, or 200, at exact URLs."`
	Presets          map[string]string `group:"Images" name:"presets" form:"presets" takes:"name=options pairs, a name of a-z, 0-9, _ and -" example:"card=rs:fill:300:200/q:70" help:"Named options for exact URLs. One named default is applied to each of them."`
	OnlyPresets      bool              `group:"Images" name:"only_presets" default:"false" help:"The options of exact URLs are presets' names and nothing else: /SIGNATURE/card:soft/SOURCE."`

	AllowSecurityOptions bool `group:"Images" name:"allow_security_options" default:"false" help:"Let exact URLs name limits of their own: max_src_resolution, max_src_file_size, max_animation_frames, max_animation_frame_resolution, max_result_dimension."`

	Workers          int           `group:"Work" name:"workers" default:"0" min:"0" max:"1024" help:"Worker processes; 0 is one for each core."`
	Queue            int           `group:"Work" name:"queue" default:"128" min:"1" max:"100_000" help:"Images that may wait for a worker before gip answers 503."`
	WorkerMemory     ByteSize      `group:"Work" name:"worker_memory" default:"1536MB" min:"128MB" max:"1TB" help:"Memory one worker may take before it is killed."`
	TransformTimeout time.Duration `group:"Work" name:"transform_timeout" default:"30s" min:"1ms" help:"How long a worker may take for one image before it is killed."`

	MemoryCache ByteSize      `group:"Cache" name:"memory_cache" default:"256MB" min:"0" max:"1TB" help:"Finished images kept in memory; 0 is none."`
	DiskCache   ByteSize      `group:"Cache" name:"disk_cache" default:"2GB" min:"0" max:"1024TB" help:"Finished images kept in the data folder; 0 is none."`
	MaxAge      time.Duration `group:"Cache" name:"max_age" default:"720h" min:"1s" help:"How long an image may be kept, here and in browsers, where its origin does not say."`
	Stale       time.Duration `group:"Cache" name:"stale" default:"1h" min:"0s" help:"How long past its age an image may still be sent, while it is made anew or because its origin fails, where its origin does not say."`

	SourceCache     ByteSize `group:"Cache" name:"source_cache" default:"32MB" min:"0" max:"1TB" help:"Originals kept in memory, so that another width needs no download; 0 is none."`
	SourceDiskCache ByteSize `group:"Cache" name:"source_disk_cache" default:"1GB" min:"0" max:"1024TB" help:"Originals kept in the data folder; 0 is none."`

	IntermediateCache ByteSize `group:"Cache" name:"intermediate_cache" default:"64MB" min:"0" max:"1TB" help:"Reduced copies of sources kept in memory, from which the further widths and formats of an image are made; 0 is none."`

	LogFormat string `group:"Logs" name:"log_format" default:"auto" choices:"auto,text,json" example:"json" help:"Form of log lines; auto is text on a terminal, else JSON."`
	LogLevel  string `group:"Logs" name:"log_level" default:"info" choices:"debug,info,warn,error" example:"debug" help:"The least important lines that are logged."`

	Sites []site.Site `group:"Sites" name:"sites" only:"yaml" takes:"a list of sites" example:"[{name: blog, sources: [https://blog.example/media/]}]" help:"The sites that clients and workers may ask for; see the guide."`

	explicit map[string]bool // names of the settings that were given
}

// Explicit tells whether the setting of that YAML name was given, by whatever means: a default
// port that is taken moves on to the next one, an explicit one is an error.
func (c Config) Explicit(name string) bool { return c.explicit[name] }
