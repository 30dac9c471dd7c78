package imageurl

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	maxMarkText = 500  // characters
	maxFontSize = 1000 // pixels
	maxFont     = 64   // characters of its name
	fontSize    = 16   // imgproxy's default
)

// readMarkText is imgproxy's base64 of a text, and then ours: the font's size, its colour, its
// family, and the longest line. The text is plain: "<b>" is written as it stands.
func readMarkText(p *parser, args []string) (err error) {
	var t transform.Text
	if t.Content, err = rawBase64("wmt", args[0]); err != nil {
		return err
	}
	if err := checkMarkText(t.Content); err != nil {
		return err
	}
	if t.Size, err = markFontSize(args); err != nil {
		return err
	}
	if err := lookColor("wmt", args, 2, &t.Color); err != nil {
		return err
	}
	if len(args) > 3 {
		if t.Font, err = markFont(args[3]); err != nil {
			return err
		}
	}
	if len(args) > 4 && args[4] != "" {
		if t.Wrap, err = whole("wmt", args[4], maxSide); err != nil {
			return err
		}
	}
	if t.Content == "" {
		t = transform.Text{}
	}
	p.markAt().Text, p.markAt().Source = t, ""
	return nil
}

func checkMarkText(text string) error {
	switch {
	case !utf8.ValidString(text):
		return fault.New(fault.Invalid, "wmt: the text is not UTF-8")
	case utf8.RuneCountInString(text) > maxMarkText:
		return fault.New(fault.Invalid, "wmt: a text of %d characters is over %d", utf8.RuneCountInString(text), maxMarkText)
	case text != "" && strings.TrimSpace(text) == "":
		return fault.New(fault.Invalid, "wmt: the text is all spaces")
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' {
			return fault.New(fault.Invalid, "wmt: the text holds the forbidden character %q", r)
		}
	}
	return nil
}

// markFontSize is 0 for the default, so that one image has one URL.
func markFontSize(args []string) (float64, error) {
	if len(args) < 2 || args[1] == "" {
		return 0, nil
	}
	size, err := decimal("wmt", args[1], 0, maxFontSize)
	if err == nil && size < 1 {
		err = fault.New(fault.Invalid, "wmt: a font of %q pixels cannot be read", clip(args[1]))
	}
	if size == fontSize {
		size = 0
	}
	return size, err
}

// markFont is a family, and perhaps a style, in letters and digits: what else font
// descriptions can hold (lists, variations, features) stays out.
func markFont(text string) (string, error) {
	font, err := unescape("wmt", text)
	if err != nil {
		return "", err
	}
	if utf8.RuneCountInString(font) > maxFont || font != strings.TrimSpace(font) || strings.Contains(font, "  ") {
		return "", fault.New(fault.Invalid, "wmt: %q is not the name of a font", clip(text))
	}
	for _, r := range font {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-' {
			return "", fault.New(fault.Invalid, "wmt: %q is not the name of a font: it holds %q", clip(text), r)
		}
	}
	if font == "sans" {
		return "", nil
	}
	return font, nil
}

func textText(t transform.Text) string {
	return trimmed(base64.RawURLEncoding.EncodeToString([]byte(t.Content)),
		decimalOrNone(t.Size), colorText(t.Color, transform.Color{}), escape(t.Font, argumentBytes), wholeText(t.Wrap))
}
