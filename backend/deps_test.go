package backend_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/gip4all/gip4all/"

// law says for each package which of ours it may import. A package that is not here may not
// exist: settle its place first.
var law = map[string][]string{
	"backend":                   {},
	"backend/fault":             {},
	"backend/vectors":           {},
	"backend/photo":             {},
	"backend/metadata":          {},
	"backend/sketch":            {},
	"backend/likeness":          {},
	"backend/tiff":              {},
	"backend/camera":            {"fault", "tiff", "transform"},
	"backend/svg":               {"fault"},
	"backend/camera/cameratest": {},
	"backend/transform":         {"fault", "tiff"},
	"backend/sign":              {"fault"},
	"backend/cache":             {"fault"},
	"backend/site":              {"fault"},
	"backend/config":            {"fault", "site"},
	"backend/source":            {"fault"},
	"backend/origin":            {"cache", "fault", "source"},
	"backend/imageurl":          {"fault", "transform"},
	"backend/vips":              {"fault", "likeness", "transform"},
	"backend/worker":            {"fault", "transform", "worker/pipe"},
	"backend/worker/child":      {"camera", "fault", "metadata", "sketch", "svg", "transform", "vips", "worker/pipe"},
	"backend/worker/pipe":       {"fault", "transform"},
	"backend/render":            {"cache", "fault", "imageurl", "source", "transform"},
	"backend/httpapi":           {"cache", "dialect", "fault", "imageurl", "library", "sign", "site", "transform"},
	"backend/cmd/bench":         {"fault", "photo", "sign"}, // a command, but one that must measure from outside
}

// only says who alone may import something.
var only = map[string][]string{
	"C":                                 {"backend/vips"},
	"github.com/h2non/bimg":             {"backend/vips"},
	"os/exec":                           {"backend/worker", "backend/cmd/gip", "backend/cmd/bench"},
	"github.com/gofiber/fiber/v2":       {"backend/httpapi"},
	"github.com/valyala/fasthttp":       {"backend/httpapi"},
	"github.com/evanw/esbuild":          {"backend/cmd/bundle"},
	"github.com/alecthomas/kong":        {"backend/cmd/gip"},
	"github.com/maypok86/otter/v2":      {"backend/cache"},
	"github.com/tink-crypto/tink-go/v2": {"backend/sign"},
	"github.com/buckket/go-blurhash":    {"backend/sketch"},
	"github.com/corona10/goimagehash":   {"backend/sketch"},
	"github.com/galdor/go-thumbhash":    {"backend/sketch"},
	module + "backend/vectors":          {},
	module + "backend/cache/layertest":  {},
}

// TestImportLaw reads imports with go/parser, in process: `go list` would be served stale
// from the test cache.
func TestImportLaw(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(folder, file string, imports []string) {
		seen[folder] = true
		for _, path := range imports {
			if why := broken(folder, path); why != "" {
				t.Errorf("%s imports %q: %s", file, path, why)
			}
		}
	})
	for folder := range law {
		if !seen[folder] {
			t.Errorf("the law names %s, which does not exist", folder)
		}
	}
}

// TestOnlyConfigReadsTheEnvironment greps for the calls: an import says nothing here.
func TestOnlyConfigReadsTheEnvironment(t *testing.T) {
	eachSource(t, func(folder, file, text string) {
		for _, call := range []string{"os.Getenv(", "os.LookupEnv(", "os.Environ("} {
			if strings.Contains(text, call) && folder != "backend/config" {
				t.Errorf("%s calls %s…): only backend/config reads the environment", file, call)
			}
		}
	})
}

func broken(folder, path string) string {
	for prefix, allowed := range only {
		if (path == prefix || strings.HasPrefix(path, prefix+"/")) && !slices.Contains(allowed, folder) {
			return "only " + strings.Join(allowed, ", ") + " may"
		}
	}
	ours, isOurs := strings.CutPrefix(path, module+"backend/")
	allowed, known := law[folder]
	if !isOurs || !known && strings.HasPrefix(folder, "backend/cmd/") || folder == "backend/cache/layertest" {
		return ""
	}
	if !known {
		return folder + " is not in the law"
	}
	if !slices.Contains(allowed, ours) {
		return "the law allows it " + strings.Join(allowed, ", ")
	}
	return ""
}

// TestEveryPackageIsDocumented wants exactly one package comment in each.
func TestEveryPackageIsDocumented(t *testing.T) {
	documented := map[string]int{}
	eachParsed(t, parser.PackageClauseOnly|parser.ParseComments, func(folder, _ string, doc string, _ []string) {
		documented[folder] += min(len(doc), 1)
	})
	for folder, count := range documented {
		if count != 1 {
			t.Errorf("%s has %d package comments, want 1", folder, count)
		}
	}
}

func eachFile(t *testing.T, visit func(folder, file string, imports []string)) {
	t.Helper()
	eachParsed(t, parser.ImportsOnly, func(folder, file, _ string, imports []string) { visit(folder, file, imports) })
}

func eachParsed(t *testing.T, mode parser.Mode, visit func(folder, file, doc string, imports []string)) {
	t.Helper()
	eachSource(t, func(folder, file, text string) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, mode)
		if err != nil {
			t.Fatal(err)
		}
		var imports []string
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			imports = append(imports, path)
		}
		visit(folder, file, parsed.Doc.Text(), imports)
	})
}

// eachSource visits every Go file of ours that is not a test; folder is from the root.
func eachSource(t *testing.T, visit func(folder, file, text string)) {
	t.Helper()
	root := rootFS()
	for _, top := range []string{"backend", "sw", "web"} {
		err := fs.WalkDir(root, top, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "node_modules" {
				return fs.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			text, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			visit(filepath.ToSlash(filepath.Dir(path)), path, string(text))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
