package imageurl

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestImgproxyTable: docs/imgproxy.md promises exactly the options that there are, and none of
// those it calls refused.
func TestImgproxyTable(t *testing.T) {
	body, err := os.ReadFile("../../docs/imgproxy.md")
	if err != nil {
		t.Fatal(err)
	}
	works, rest, found := strings.Cut(string(body), "## Options that are refused")
	if !found {
		t.Fatal("the table of refused options is gone")
	}
	refused, _, _ := strings.Cut(rest, "## Where")
	for _, o := range options() {
		if !strings.Contains(works, "`"+o.name+"`") {
			t.Errorf("%s is not in the table", o.name)
		}
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z_-]+)`[^|]*\\|([^|]*)").FindAllStringSubmatch(works, -1)
	if len(rows) < 40 {
		t.Fatalf("only %d rows were read", len(rows))
	}
	for _, row := range rows {
		names := append([]string{row[1]}, quotedNames(row[2])...)
		for _, name := range names {
			if !known(name) {
				t.Errorf("the table promises %s, which is unknown", name)
			}
		}
	}
	for _, name := range quotedNames(refused) {
		if known(name) {
			t.Errorf("the table says that %s is refused", name)
		}
	}
}

// imgproxyNames are all options of imgproxy's documentation (docs/usage/processing.mdx of
// November 2026, and what its own parser reads), each under all its names.
// crop_objects, which is given contrast's short name there, is c_obj here, as in
// imgproxy's client; so is style's stl.
const imgproxyNames = `
resize rs
size s
resizing_type rt
resizing_algorithm ra
width w
height h
min-width mw
min-height mh
zoom z
dpr
enlarge el
extend ex
extend_aspect_ratio extend_ar exar
gravity g
objects_position obj_pos op
crop c
crop_aspect_ratio crop_ar car
trim t
padding pd
auto_rotate ar
rotate rot
flip fl
background bg
background_alpha bga
adjust a
brightness br
contrast co
saturation sa
monochrome mc
duotone dt
blur bl
sharpen sh
pixelate pix
unsharp_masking ush
blur_areas ba
progressive_blur pbl
blur_detections bd
draw_detections dd
crop_objects c_obj
colorize col
gradient gr
watermark wm
watermark_url wmu
watermark_text wmt
watermark_size wms
watermark_rotate wm_rot wmr
watermark_shadow wmsh
style st stl
strip_metadata sm
keep_copyright kcr
dpi
strip_color_profile scp
preserve_hdr
color_profile cp icc
enforce_thumbnail eth
quality q
format_quality fq
autoquality aq
max_bytes mb
jpeg_options jpgo
png_options pngo
webp_options webpo
avif_options avifo
format f ext
page pg
pages pgs
disable_animation da
video_thumbnail_second vts
video_thumbnail_keyframes vtk
video_thumbnail_tile vtt
video_thumbnail_animation vta
fallback_image_url fiu
skip_processing skp sp
raw
cachebuster cb
bypass_cache bc
cache_tags ct
expires exp
filename fn
return_attachment att
preset pr
hashsum hs
max_src_resolution msr
max_src_file_size msfs
max_animation_frames maf
max_animation_frame_resolution mafr
max_result_dimension mrd
`

// TestImgproxyTableIsWhole: every option of imgproxy's stands in one of the tables, under all
// its names; whether that is the right one is [TestImgproxyTable]'s.
func TestImgproxyTableIsWhole(t *testing.T) {
	body, err := os.ReadFile("../../docs/imgproxy.md")
	if err != nil {
		t.Fatal(err)
	}
	tables, _, _ := strings.Cut(string(body), "## Where")
	listed := quotedNames(tables)
	for _, name := range strings.Fields(imgproxyNames) {
		if !slices.Contains(listed, name) {
			t.Errorf("%s is in neither table", name)
		}
	}
}

func quotedNames(text string) []string {
	var names []string
	for _, match := range regexp.MustCompile("`([a-z_-]+)`").FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	return names
}

func known(name string) bool {
	for _, o := range options() {
		if o.answersTo(name) {
			return true
		}
	}
	return false
}
