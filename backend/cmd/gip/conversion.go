package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

// conversion is one file to make from another. An out ending in '.' takes the extension of
// the format that results.
type conversion struct{ in, out string }

// plan lists the conversions, and refuses two that would write the same file.
func (c convertCommand) plan(format transform.Format) ([]conversion, error) {
	if err := c.checkOut(); err != nil {
		return nil, err
	}
	var jobs []conversion
	for _, in := range c.In {
		found, err := c.planInput(in, format)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, found...)
	}
	if len(jobs) == 0 {
		return nil, fmt.Errorf("no images in %s", strings.Join(c.In, ", "))
	}
	return jobs, clashes(jobs)
}

// checkOut refuses an --out that looks like a file and cannot be one.
func (c convertCommand) checkOut() error {
	extension := strings.TrimPrefix(filepath.Ext(c.Out), ".")
	if info, err := os.Stat(c.Out); c.Out == "" || extension == "" || err == nil && info.IsDir() ||
		strings.HasSuffix(c.Out, string(filepath.Separator)) {
		return nil
	}
	if _, err := fileFormat(extension); err != nil {
		return fmt.Errorf("--out %s: %w; a folder's name ends with /", c.Out, err)
	}
	if info, err := os.Stat(c.In[0]); len(c.In) > 1 || err == nil && info.IsDir() {
		return fmt.Errorf("--out %s is a file, and there are several inputs; a folder's name ends with /", c.Out)
	}
	return nil
}

func clashes(jobs []conversion) error {
	first := map[string]string{}
	for _, job := range jobs {
		if other, taken := first[job.out]; taken && other != job.in {
			return fmt.Errorf("%s and %s would both be written to %s", other, job.in, job.out)
		}
		first[job.out] = job.in
	}
	return nil
}

func (c convertCommand) planInput(in string, format transform.Format) ([]conversion, error) {
	info, err := os.Stat(in)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []conversion{{in, c.target(in, filepath.Base(in), format)}}, nil
	}
	return c.planFolder(in, format)
}

func (c convertCommand) planFolder(root string, format transform.Format) ([]conversion, error) {
	var jobs []conversion
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != root && strings.HasPrefix(entry.Name(), ".") {
			return skip(entry)
		}
		if entry.IsDir() || !isSourceExtension(filepath.Ext(path)) || c.Out == "" && isOwnResult(path) {
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err == nil {
			jobs = append(jobs, conversion{path, c.target(path, relative, format)})
		}
		return err
	})
	return jobs, err
}

// skip passes over what is hidden: thumbnails of other programs, a half-copied file.
func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// isOwnResult: name.min.ext stands beside the name.ext that it was made from.
func isOwnResult(path string) bool {
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	originals, err := filepath.Glob(strings.TrimSuffix(stem, ".min") + ".*")
	return strings.HasSuffix(stem, ".min") && err == nil && len(originals) > 1
}

// target names the result. Beside its input it is called name.min.ext, so that the input is
// never its own output.
func (c convertCommand) target(in, relative string, format transform.Format) string {
	if c.Out != "" && len(c.In) == 1 && c.outIsFile(in) {
		return c.Out
	}
	stem := strings.TrimSuffix(relative, filepath.Ext(relative))
	extension := filepath.Ext(relative)
	if format != transform.Same {
		extension = extensionOf(format)
	}
	if c.Out != "" {
		return filepath.Join(c.Out, stem+extension)
	}
	return strings.TrimSuffix(in, filepath.Ext(in)) + ".min" + extension
}

func (c convertCommand) outIsFile(in string) bool {
	if info, err := os.Stat(in); err != nil || info.IsDir() {
		return false
	}
	if info, err := os.Stat(c.Out); err == nil {
		return !info.IsDir()
	}
	return filepath.Ext(c.Out) != "" && !strings.HasSuffix(c.Out, string(filepath.Separator))
}

func extensionOf(format transform.Format) string {
	if format == transform.JPEG {
		return ".jpg"
	}
	return "." + format.String()
}

// run makes one file. It appears whole under its name, or not at all.
func (j conversion) run(ctx context.Context, pool *worker.Pool, options transform.Options, force bool) error {
	if !force {
		if _, err := os.Lstat(j.out); err == nil {
			return fmt.Errorf("%s exists; --force overwrites it", j.out)
		}
	}
	body, err := os.ReadFile(j.in)
	if err != nil {
		return err
	}
	options.Format, err = j.format(options.Format, body)
	if err != nil {
		return err
	}
	result, err := pool.Transform(ctx, transform.Job{Body: body, Options: options})
	if err != nil {
		return errors.New(fault.Message(err))
	}
	if result.Note != "" {
		fmt.Fprintf(os.Stderr, "%s: %s\n", j.in, result.Note)
	}
	return writeWhole(j.out, result.Body, force)
}

// format: as asked, else as the output's extension says, else as the input where that can be
// written. An extension that says another format than --format is a mistake.
func (j conversion) format(asked transform.Format, body []byte) (transform.Format, error) {
	named, err := fileFormat(filepath.Ext(j.out))
	switch {
	case err == nil && asked != transform.Same && named != asked:
		return asked, fmt.Errorf("%s does not end like the format %s", j.out, asked)
	case asked != transform.Same:
		return asked, nil
	case err == nil:
		return named, nil
	case transform.Sniff(body).Saved():
		return asked, nil
	}
	return asked, fmt.Errorf("%s cannot be written as it is; give --format", filepath.Ext(j.out))
}

func writeWhole(path string, body []byte, force bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // results are the user's ordinary files
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".gip-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.Write(body)
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	if force {
		return os.Rename(temporary.Name(), path)
	}
	// Link fails when somebody made the file meanwhile; Rename would overwrite it.
	if err := os.Link(temporary.Name(), path); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists; --force overwrites it", path)
	} else if err != nil {
		return err
	}
	return nil
}
