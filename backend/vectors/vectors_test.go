package vectors

import (
	"encoding/json"
	"errors"
	"io/fs"
	"testing"
)

func TestRead(t *testing.T) {
	body, err := Read("sign.json")
	if err != nil || !json.Valid(body) {
		t.Errorf("sign.json: valid JSON %t, error %v", json.Valid(body), err)
	}
	if _, err := Read("nothing.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing.json: got %v, want fs.ErrNotExist", err)
	}
}
