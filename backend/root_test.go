package backend_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/config"
)

// rootFS is the project's root: tests run in their package's folder.
func rootFS() fs.FS { return os.DirFS("..") }

// TestReadmeSettings compares README's table of settings with the struct.
func TestReadmeSettings(t *testing.T) {
	readme, err := fs.ReadFile(rootFS(), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	if err := config.CheckReadme(string(readme)); err != nil {
		t.Error(err)
	}
}

// TestReadmeTargets wants every make target that README names to exist.
func TestReadmeTargets(t *testing.T) {
	readme, err := fs.ReadFile(rootFS(), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := fs.ReadFile(rootFS(), "Makefile")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, field := range strings.Split(string(readme), "make ")[1:] {
		target := strings.TrimRight(strings.FieldsFunc(field, func(r rune) bool {
			return r != '-' && (r < 'a' || r > 'z')
		})[0], "-")
		if strings.Contains(string(readme), "`make "+target) || strings.Contains(string(readme), "\nmake "+target) {
			named++
			if !strings.Contains(string(makefile), "\n"+target+":") {
				t.Errorf("README names make %s, which is not in the Makefile", target)
			}
		}
	}
	if named == 0 {
		t.Error("README names no make target")
	}
}
