package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// load reads with gip.yaml holding file; "" is no file.
func load(file string, flags map[string]string, environ ...string) (Config, error) {
	if file != "" {
		environ = append(environ, "GIP_CONFIG=gip.yaml")
	}
	return Load(Input{Flags: flags, Environ: environ, ReadFile: func(path string) ([]byte, error) {
		if path != "gip.yaml" {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return []byte(file), nil
	}})
}

func mustLoad(t *testing.T, file string, flags map[string]string, environ ...string) Config {
	t.Helper()
	config, err := load(file, flags, environ...)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestDefaults(t *testing.T) {
	got := mustLoad(t, "", nil)
	checks := []struct {
		name      string
		got, want any
	}{
		{"listen", got.Listen, "127.0.0.1:8080"},
		{"data", got.Data, "data"},
		{"public_url", got.PublicURL == nil, true},
		{"signature_size", got.SignatureSize, 32},
		{"insecure", got.Insecure, false},
		{"allowed_sources", got.AllowedSources.Empty(), true},
		{"max_source_bytes", got.MaxSourceBytes, ByteSize(32 << 20)},
		{"max_source_pixels", got.MaxSourcePixels, 50_000_000},
		{"connect_timeout", got.ConnectTimeout, 5 * time.Second},
		{"worker_memory", got.WorkerMemory, ByteSize(1536 << 20)},
		{"disk_cache", got.DiskCache, ByteSize(2 << 30)},
		{"max_age", got.MaxAge, 30 * 24 * time.Hour},
		{"webp_effort", got.WebPEffort, 2},
		{"avif_speed", got.AVIFSpeed, 9},
		{"avif_later_speed", got.AVIFLaterSpeed, 7},
		{"log_format", got.LogFormat, "auto"},
		{"sites", len(got.Sites), 0},
		{"keys", got.Keys.Reveal(), ""},
	}
	for _, check := range checks {
		if check.got != check.want {
			t.Errorf("%s is %v, want %v", check.name, check.got, check.want)
		}
	}
	for _, s := range Settings() {
		if got.Explicit(s.Name) {
			t.Errorf("%s counts as given", s.Name)
		}
	}
}

func TestPrecedence(t *testing.T) {
	const file, variable, flag = "quality: 30", "GIP_QUALITY=20", "10"
	tests := []struct {
		name, file, variable, flag string
		want                       int
		explicit                   bool
	}{
		{"default", "", "", "", 80, false},
		{"file", file, "", "", 30, true},
		{"variable", "", variable, "", 20, true},
		{"flag", "", "", flag, 10, true},
		{"variable over file", file, variable, "", 20, true},
		{"flag over variable", "", variable, flag, 10, true},
		{"flag over file", file, "", flag, 10, true},
		{"flag over all", file, variable, flag, 10, true},
		{"an empty variable is none", file, "GIP_QUALITY=", "", 30, true},
		{"a file's null is none", "quality:", "", "", 80, false},
		{"a file's empty text is none", `quality: ""`, "", "", 80, false},
		{"the first of a variable twice", "", "GIP_QUALITY=20\nGIP_QUALITY=21", "", 20, true},
		{"a mistake that is overruled is none", "quality: x", "GIP_QUALITY=y", flag, 10, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := mustLoad(t, test.file, map[string]string{"quality": test.flag}, strings.Split(test.variable, "\n")...)
			if got.Quality != test.want || got.Explicit("quality") != test.explicit {
				t.Errorf("%d, given %v; want %d, given %v", got.Quality, got.Explicit("quality"), test.want, test.explicit)
			}
		})
	}
}

func TestFlagNamesTheFile(t *testing.T) {
	got := mustLoad(t, "", map[string]string{"config": "gip.yaml"}, "GIP_CONFIG=other.yaml")
	if got.File != "gip.yaml" {
		t.Errorf("the file is %q", got.File)
	}
}

// TestEveryWay gives each kind of value by variable and in the file; both mean the same.
func TestEveryWay(t *testing.T) {
	const networks = "[10.0.0.0/8 192.168.1.7/32 fd00::/8]"
	tests := []struct {
		name, variable, file string
		read                 func(Config) any
		want                 string
	}{
		{"text", "GIP_LISTEN=[::1]:0", `listen: "[::1]:0"`, func(c Config) any { return c.Listen }, "[::1]:0"},
		{"every address", "GIP_LISTEN=:80", "listen: :80", func(c Config) any { return c.Listen }, ":80"},
		{"host name", "GIP_LISTEN=localhost:80", "listen: localhost:80", func(c Config) any { return c.Listen }, "localhost:80"},
		{"bool", "GIP_INSECURE=1", "insecure: yes", func(c Config) any { return c.Insecure }, "true"},
		{"bool in capitals", "GIP_SVG=TRUE", "svg: On", func(c Config) any { return c.SVG }, "true"},
		{"int", "GIP_MAX_SOURCE_PIXELS=12_000_000", "max_source_pixels: 12_000_000", func(c Config) any { return c.MaxSourcePixels }, "12000000"},
		{"no octal", "GIP_WORKERS=010", "workers: 010", func(c Config) any { return c.Workers }, "10"},
		{"duration", "GIP_MAX_AGE=1h30m", "max_age: 1h30m", func(c Config) any { return c.MaxAge }, "1h30m0s"},
		{"size", "GIP_DISK_CACHE=10gb", "disk_cache: 10GiB", func(c Config) any { return c.DiskCache }, "10GB"},
		{"size 0", "GIP_DISK_CACHE=0", "disk_cache: 0", func(c Config) any { return c.DiskCache }, "0"},
		{"URL", "GIP_PUBLIC_URL=https://Img.example.com/", "public_url: https://img.example.com", func(c Config) any { return c.PublicURL }, "https://img.example.com"},
		{"demo", "GIP_DEMO=http://127.0.0.1:8090", "demo: http://127.0.0.1:8090/", func(c Config) any { return c.Demo.Host }, "127.0.0.1:8090"},
		{"networks", "GIP_ALLOW_NETWORKS=10.1.2.3/8, 192.168.1.7,fd00::/8", "allow_networks: [10.0.0.0/8, 192.168.1.7, 'fd00::/8']", func(c Config) any { return c.AllowNetworks }, networks},
		{"a list as text in the file", "GIP_ALLOW_PORTS=81,8080", "allow_ports: 81, 8080", func(c Config) any { return c.AllowPorts }, "[81 8080]"},
		{"a list of one", "GIP_ALLOW_PORTS=81", "allow_ports: 81", func(c Config) any { return c.AllowPorts }, "[81]"},
		{"sources", "GIP_ALLOWED_SOURCES=https://A.example:443/m/,local:///", "allowed_sources:\n  - https://a.example/m/\n  - local:///", func(c Config) any { return c.AllowedSources }, "https://a.example/m/,local:///"},
		{"presets", "GIP_PRESETS=a=w:1/q:2,b=el:1", "presets: {a: w:1/q:2, b: el:1}", func(c Config) any { return c.Presets }, "map[a:w:1/q:2 b:el:1]"},
		{"keys", "GIP_KEYS=aa:bb,cc:dd", "keys: ['aa:bb', cc:dd]", func(c Config) any { return c.Keys.Reveal() }, "aa:bb,cc:dd"},
		{"alias", "GIP_QUALITY=7", "webp_quality: &q 7\nquality: *q", func(c Config) any { return c.Quality }, "7"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fmt.Sprint(test.read(mustLoad(t, "", nil, test.variable))); got != test.want {
				t.Errorf("%s gives %s, want %s", test.variable, got, test.want)
			}
			if got := fmt.Sprint(test.read(mustLoad(t, test.file, nil))); got != test.want {
				t.Errorf("%s gives %s, want %s", test.file, got, test.want)
			}
		})
	}
}

func TestMistakes(t *testing.T) {
	tests := []struct {
		name, file, variable string
		says                 string // the whole message, or its beginning before …
	}{
		{"listen", "", "GIP_LISTEN=nonsense", `GIP_LISTEN: "nonsense" is not host:port; takes host:port, for example 0.0.0.0:8080`},
		{"listen's port", "", "GIP_LISTEN=:65536", `GIP_LISTEN: ":65536" has a port that is not from 0 to 65535; …`},
		{"listen's host", "", "GIP_LISTEN=a b:80", `GIP_LISTEN: "a b:80" has a host that …`},
		{"profiles for everyone", "", "GIP_PPROF=:6060", `GIP_PPROF: ":6060" is not an address of the loopback interface …`},
		{"profiles for the network", "", "GIP_PPROF=10.0.0.1:6060", `GIP_PPROF: "10.0.0.1:6060" is not an address of the loopback interface …`},
		{"profiles on a name", "", "GIP_PPROF=localhost:6060", `GIP_PPROF: "localhost:6060" is not an address of the loopback interface …`},
		{"profiles without a port", "", "GIP_PPROF=127.0.0.1", `GIP_PPROF: "127.0.0.1" is not host:port; …`},
		{"in the file, with its line", "# a\nlisten: x\n", "", `gip.yaml:2: listen: "x" is not host:port; …`},
		{"not a number", "", "GIP_QUALITY=abc", `GIP_QUALITY: "abc" is not a whole number; takes a whole number from 1 to 100, for example 80`},
		{"a fraction", "quality: 80.5", "", `gip.yaml:1: quality: "80.5" is not a whole number; …`},
		{"too many digits", "", "GIP_QUEUE=99999999999999999999", `GIP_QUEUE: "99999999999999999999" is not a whole number; …`},
		{"below", "", "GIP_SIGNATURE_SIZE=15", `GIP_SIGNATURE_SIZE: "15" is below 16; takes a whole number from 16 to 32, for example 32`},
		{"above", "", "GIP_QUALITY=101", `GIP_QUALITY: "101" is above 100; …`},
		{"bool", "", "GIP_INSECURE=maybe", `GIP_INSECURE: "maybe" is neither true nor false; takes true or false, for example false`},
		{"duration", "", "GIP_FETCH_TIMEOUT=20", `GIP_FETCH_TIMEOUT: "20" is not a duration such as 5s, 2m or 24h; takes a duration from 1ms, for example 20s`},
		{"duration 0", "", "GIP_FETCH_TIMEOUT=0s", `GIP_FETCH_TIMEOUT: "0s" is below 1ms; …`},
		{"size", "", "GIP_DISK_CACHE=2 gigs", `GIP_DISK_CACHE: "2 gigs" is not a size such as 64KB, 256MB or 2GB; takes a size in B, KB, MB, GB or TB from 0 to 1024TB, for example 2GB`},
		{"size below", "", "GIP_WORKER_MEMORY=1MB", `GIP_WORKER_MEMORY: "1MB" is below 128MB; …`},
		{"choice", "", "GIP_LOG_LEVEL=loud", `GIP_LOG_LEVEL: "loud" is none of them; takes debug, info, warn, error, for example debug`},
		{"URL with a path", "", "GIP_PUBLIC_URL=https://h.example/x", `GIP_PUBLIC_URL: "https://h.example/x" has more than scheme, host and port; takes an http or https URL without path, for example https://img.example.com`},
		{"URL with a query", "", "GIP_PUBLIC_URL=https://h.example/?", `GIP_PUBLIC_URL: "https://h.example/?" has more …`},
		{"URL without scheme", "", "GIP_PUBLIC_URL=h.example", `GIP_PUBLIC_URL: "h.example" does not begin with …`},
		{"URL without host", "", "GIP_PUBLIC_URL=https://", `GIP_PUBLIC_URL: "https://" has no host; …`},
		{"URL with port 0", "", "GIP_DEMO=http://h:0", `GIP_DEMO: "http://h:0" has a port …`},
		{"URL with a password", "", "GIP_PUBLIC_URL=https://u:hunter2@h.example", `GIP_PUBLIC_URL: "…@h.example" has a user name; …`},
		{"network", "", "GIP_ALLOW_NETWORKS=10.0.0.0/8,localhost", `GIP_ALLOW_NETWORKS: "localhost" is neither a network nor an address; …`},
		{"network with a zone", "", "GIP_ALLOW_NETWORKS=fe80::1%eth0", `GIP_ALLOW_NETWORKS: "fe80::1%eth0" is neither …`},
		{"mapped network", "", "GIP_ALLOW_NETWORKS=::ffff:10.0.0.1", `GIP_ALLOW_NETWORKS: "::ffff:10.0.0.1" is an IPv4 network in IPv6 form; …`},
		{"port", "", "GIP_ALLOW_PORTS=0", `GIP_ALLOW_PORTS: "0" is below 1; …`},
		{"empty item", "", "GIP_ALLOW_PORTS=81,,82", `GIP_ALLOW_PORTS: "" is not a whole number; …`},
		{"source", "", "GIP_ALLOWED_SOURCES=blog.example", `GIP_ALLOWED_SOURCES: "blog.example" does not begin with http://, https:// or local:///; takes URL prefixes …`},
		{"source with a password", "", "GIP_ALLOWED_SOURCES=https://u:hunter2@h/", `GIP_ALLOWED_SOURCES: "https://…@h/" has a user name; …`},
		{"preset without options", "", "GIP_PRESETS=card", `GIP_PRESETS: "card" is not name=value; …`},
		{"preset twice", "", "GIP_PRESETS=a=w:1,a=w:2", `GIP_PRESETS: "a" appears twice; …`},
		{"preset's name", "presets: {A: w:1}", "", `gip.yaml:1: presets: "A" is not a preset's name; …`},
		{"preset twice in the file", "presets: {a: w:1, a: w:2}", "", `gip.yaml:1: presets: "a" appears twice; …`},
		{"preset with a list", "presets: {a: [w:1]}", "", `gip.yaml:1: presets: "a" has no plain value; …`},
		{"secret", "", "GIP_KEYS=aa:bb hunter2", `GIP_KEYS: (hidden) has a space or a character outside ASCII; takes hexkey:hexsalt pairs, …`},
		{"list for one value", "listen: [a]", "", `gip.yaml:1: listen: is a list; takes host:port, …`},
		{"mapping for one value", "listen: {a: b}", "", `gip.yaml:1: listen: is a mapping; …`},
		{"mapping for a list", "allow_ports: {a: b}", "", `gip.yaml:1: allow_ports: is a mapping; …`},
		{"list in a list", "allow_ports: [[1]]", "", `gip.yaml:1: allow_ports: holds a list or mapping inside its list; …`},
		{"secret as a mapping", "admin_token: {hunter2: x}", "", `gip.yaml:1: admin_token: is a mapping; …`},

		{"unknown variable", "", "GIP_LISEN=hunter2", "GIP_LISEN: unknown variable; did you mean GIP_LISTEN?"},
		{"unknown variable, nothing near", "", "GIP_ZZZZZZ=hunter2", "GIP_ZZZZZZ: unknown variable; gip serve --help lists them"},
		{"a bare port is no service link", "", "GIP_PORT=8080", "GIP_PORT: unknown variable; …"},
		{"sites by variable", "", "GIP_SITES=x", "GIP_SITES: unknown variable; …"},
		{"unknown key", "\nalow-ports: 1", "", "gip.yaml:2: alow-ports: unknown setting; did you mean allow_ports?"},
		{"key with dashes", "allow-ports: 1", "", "gip.yaml:1: allow-ports: unknown setting; did you mean allow_ports?"},
		{"the file names itself", "config: x", "", "gip.yaml:1: config: unknown setting; …"},
		{"key with its value inside", "admin_token:hunter2: x", "", "gip.yaml:1: admin_token: unknown setting; …"},
		{"key twice", "queue: 1\nqueue: 2", "", "gip.yaml:2: queue: it stands in line 1 too; takes one of them"},
		{"not YAML", "a: [", "", "gip.yaml: not YAML: …"},
		{"unknown anchor", "admin_token: *hunter2", "", "gip.yaml: not YAML: unknown"},
		{"two documents", "queue: 1\n---\nqueue: 2", "", "gip.yaml: has more than one YAML document; takes one"},
		{"not settings", "- a", "", "gip.yaml: takes settings, one a line, for example listen: 0.0.0.0:8080"},
		{"no such file", "", "GIP_CONFIG=none.yaml", "none.yaml: the configuration file cannot be read: open none.yaml: …"},

		{"sites is not a list", "sites: {name: blog}", "", "gip.yaml:1: sites: is not a list; takes a list of sites, …"},
		{"site is not a mapping", "sites: [blog]", "", "gip.yaml:1: sites[0]: is not a site; …"},
		{"unknown key in a site", "sites:\n- name: a\n- name: b\n  widhts: [1]", "", "gip.yaml:4: sites[1].widhts: unknown setting of a site; did you mean widths?"},
		{"unknown key in a site, nothing near", "sites: [{name: a, zzzzzz: 1}]", "", "gip.yaml:1: sites[0].zzzzzz: unknown setting of a site; takes formats, generation, mode, name, …"},
		{"key twice in a site", "sites: [{name: a, mode: on, mode: on}]", "", "gip.yaml:1: sites[0].mode: it stands in line 1 too; …"},
		{"type in a site", "sites: [{name: a, widths: [1, x]}]", "", `gip.yaml:1: sites[0].widths: "x" is not a whole number; takes whole numbers, for example [320, 640, 1280]`},
		{"shape in a site", "sites: [{name: a, mode: [on]}]", "", "gip.yaml:1: sites[0].mode: is a list; takes one value"},
		{"level in a site", "sites: [{name: a, qualities: {low: x, mid: 1, high: 1}}]", "", `gip.yaml:1: sites[0].qualities: "low: x" is not …`},
		{"value in a site", "sites:\n- name: a\n  mode: 'off'", "", `gip.yaml:2: sites[0]: site "a": mode: "off"; takes on, bypass or unregister`},
		{"sites with one name", "sites: [{name: a}, {name: a}]", "", `gip.yaml:1: sites: site "a": name: it appears twice; …`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(test.file, nil, test.variable)
			if err == nil {
				t.Fatal("no mistake")
			}
			got := err.Error()
			want, open := strings.CutSuffix(test.says, "…")
			if open && !strings.HasPrefix(got, want) || !open && got != want {
				t.Errorf("got  %s\nwant %s", got, test.says)
			}
			if strings.Contains(got, "\n") {
				t.Errorf("more than one mistake: %s", got)
			}
			if strings.Contains(got, "hunter2") {
				t.Errorf("a secret is in %s", got)
			}
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("kind %s", fault.KindOf(err))
			}
		})
	}
}

func TestUnknownFlag(t *testing.T) {
	tests := []struct{ name, flag, says string }{
		{"near", "lisen", "--lisen: unknown flag; did you mean --listen?"},
		{"with its dashes", "--alow-ports", "--alow-ports: unknown flag; did you mean --allow-ports?"},
		{"far", "zzzzzz", "--zzzzzz: unknown flag; gip serve --help lists them"},
		{"sites", "sites", "--sites: unknown flag; gip serve --help lists them"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := load("", map[string]string{test.flag: "hunter2"})
			if err == nil || err.Error() != test.says {
				t.Errorf("got %v, want %s", err, test.says)
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	const file = `
quality: 0
nonsense_key: 1
sites:
  - name: Blog
    sources: [x]
    foo: 1
  - widths: [0]
`
	_, err := load(file, map[string]string{"queue": "-1", "nonsense-flag": "1"}, "GIP_WORKERS=many", "GIP_NONSENSE=1")
	if err == nil {
		t.Fatal("no mistake")
	}
	for _, says := range []string{
		`--queue: "-1" is below 1`, "--nonsense-flag: unknown", `GIP_WORKERS: "many"`, "GIP_NONSENSE: unknown",
		`gip.yaml:2: quality: "0"`, "gip.yaml:3: nonsense_key: unknown", `gip.yaml:5: sites[0]: site "Blog": name`,
		`site "Blog": sources: "x"`, "gip.yaml:7: sites[0].foo", `gip.yaml:8: sites[1]: site "": name`, `site "": widths: 0`,
	} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("nothing says %s", says)
		}
	}
	joined, ok := errors.AsType[interface {
		error
		Unwrap() []error
	}](err)
	if !ok || len(joined.Unwrap()) != 11 {
		t.Errorf("not 11 mistakes: %v", err)
	}
}

func TestServiceLinksAreNoSettings(t *testing.T) {
	mustLoad(t, "", nil, "GIP_SERVICE_HOST=10.0.0.1", "GIP_SERVICE_PORT=80", "GIP_SERVICE_PORT_HTTP=80",
		"GIP_PORT=tcp://10.0.0.1:80", "GIP_PORT_80_TCP=tcp://10.0.0.1:80", "GIP_PORT_80_TCP_ADDR=10.0.0.1",
		"GIP_REDIS_SERVICE_HOST=10.0.0.2", "GIP_REDIS_PORT=tcp://10.0.0.2:6379", "GIPSY=1", "PATH=/bin")
}

func TestSites(t *testing.T) {
	got := mustLoad(t, `
sites:
  - name: blog
    sources: [https://blog.example/media/]
    origins: https://blog.example
    widths: [320, 640]
    formats: [avif]
    qualities: {low: 1, mid: 2, high: 3}
    presets: {card: "w:320"}
    requests_per_second: 9
    mode: on
    generation: 2
  - name: shop
    mode:
`, nil)
	if len(got.Sites) != 2 || got.Sites[1].Name != "shop" || !got.Explicit("sites") {
		t.Fatalf("sites %+v", got.Sites)
	}
	blog := got.Sites[0]
	want := `{blog [https://blog.example/media/] [https://blog.example] [320 640] [avif] map[high:3 low:1 mid:2] map[card:w:320] false 9 on 2}`
	if text := fmt.Sprint(blog); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestEmptyFile(t *testing.T) {
	for _, file := range []string{"# nothing\n", "---\n", "{}", "sites: []", "~"} {
		if got := mustLoad(t, file, nil); got.Quality != 80 || len(got.Sites) > 0 {
			t.Errorf("%q gives %+v", file, got)
		}
	}
}

func TestFromProcess(t *testing.T) {
	t.Setenv("GIP_QUALITY", "41")
	got, err := FromProcess(map[string]string{"listen": ":1"}, nil)
	if err != nil || got.Quality != 41 || got.Listen != ":1" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNearest(t *testing.T) {
	tests := []struct {
		name, written, want string
	}{
		{"one letter less", "lisen", "listen"},
		{"another case", "Listen", "listen"},
		{"two letters swapped", "qulaity", "quality"},
		{"too far", "color", ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := nearest(test.written, []string{"listen", "quality"}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
