#include "marks.h"

#include <math.h>

// Writes a text, of which nothing is markup, in one colour (0xrrggbb; only emoji have their
// own). The colour goes by Pango's markup, because libvips takes no other.
int
gip_letters(const char *text, const char *font, int colour, int wrap, int align, VipsImage **image)
{
	char *escaped = g_markup_escape_text(text, -1);
	char *markup = g_strdup_printf("<span foreground=\"#%06x\">%s</span>", colour, escaped);
	VipsAlign lines = align < 0 ? VIPS_ALIGN_LOW : align > 0 ? VIPS_ALIGN_HIGH : VIPS_ALIGN_CENTRE;
	int failed = vips_text(image, markup, "font", font, "width", wrap, "align", lines,
		"wrap", VIPS_TEXT_WRAP_WORD_CHAR, "rgba", TRUE, "dpi", 72, NULL);
	g_free(markup);
	g_free(escaped);
	return failed ? -1 : 0;
}

// Four bands: red, green, blue and how opaque.
static int
rgba(VipsImage *in, VipsImage **out)
{
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 1);
	int failed = vips_colourspace(in, &t[0], VIPS_INTERPRETATION_sRGB, NULL) ||
		(vips_image_hasalpha(t[0]) ? vips_copy(t[0], out, NULL) : vips_addalpha(t[0], out, NULL));
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

// Turned around its middle in a box of width × height. Between pixels premultiplied colours
// are mixed: nothing may shine out of what is transparent.
static int
turned(VipsImage *in, double angle, int width, int height, VipsImage **out)
{
	if (fmod(angle, 360) == 0)
		return vips_copy(in, out, NULL);
	double nothing[4] = { 0, 0, 0, 0 };
	VipsArrayDouble *clear = vips_array_double_new(nothing, 4);
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 4);
	int failed = vips_premultiply(in, &t[0], NULL) ||
		vips_rotate(t[0], &t[1], angle, "background", clear, NULL) ||
		vips_gravity(t[1], &t[2], VIPS_COMPASS_DIRECTION_CENTRE, width, height, "extend", VIPS_EXTEND_BLACK, NULL) ||
		vips_unpremultiply(t[2], &t[3], NULL) ||
		vips_cast_uchar(t[3], out, NULL);
	vips_area_unref(VIPS_AREA(clear));
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

// Makes a mark of an image in sRGB or grey: turned, as transparent as it shall be, in memory.
int
gip_mark(VipsImage **image, double angle, int width, int height, double opacity)
{
	VipsImage *next;
	double factors[4] = { 1, 1, 1, opacity }, none[4] = { 0, 0, 0, 0 };
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 3);
	int failed = rgba(*image, &t[0]) ||
		turned(t[0], angle, width, height, &t[1]) ||
		vips_linear(t[1], &t[2], factors, none, 4, "uchar", TRUE, NULL) ||
		!(next = vips_image_copy_memory(t[2]));
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

// Covers a plane with fields that hold the mark.
int
gip_tiles(VipsImage **mark, GipTiles tiles)
{
	VipsImage *next;
	int by = tiles.chess ? 2 : 1;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 4);
	int failed = vips_embed(*mark, &t[0], tiles.x, tiles.y, tiles.width * by, tiles.height * by,
		"extend", VIPS_EXTEND_BLACK, NULL);
	if (!failed && tiles.chess)
		failed = vips_insert(t[0], *mark, &t[1], tiles.width + tiles.x, tiles.height + tiles.y, NULL);
	if (!failed)
		failed = !(t[2] = vips_image_copy_memory(tiles.chess ? t[1] : t[0])) ||
			vips_replicate(t[2], &next, (tiles.across + by - 1) / by, (tiles.down + by - 1) / by, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(mark, next);
}

// Casts alone would cut fractions off.
static int
bytes(VipsImage *in, VipsImage **out)
{
	VipsImage *rounded;
	if (vips_rint(in, &rounded, NULL))
		return -1;
	int failed = vips_cast_uchar(rounded, out, NULL);
	VIPS_UNREF(rounded);
	return failed;
}

// Lays a part of the mark over the image, with its corner at x, y, where it fits. Only what
// lies below it is computed anew. The image must be in memory: it is read twice.
int
gip_stamp(VipsImage **image, VipsImage *mark, GipArea seen, int x, int y)
{
	VipsImage *next;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 6);
	int failed = vips_colourspace(*image, &t[0], VIPS_INTERPRETATION_sRGB, NULL) ||
		vips_extract_area(t[0], &t[1], x, y, seen.width, seen.height, NULL) ||
		vips_extract_area(mark, &t[2], seen.left, seen.top, seen.width, seen.height, NULL) ||
		vips_composite2(t[1], t[2], &t[3], VIPS_BLEND_MODE_OVER,
			"compositing_space", VIPS_INTERPRETATION_sRGB, NULL) ||
		vips_extract_band(t[3], &t[4], 0, "n", t[0]->Bands, NULL) || // an opaque image stays opaque
		bytes(t[4], &t[5]) ||
		vips_insert(t[0], t[5], &next, x, y, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}
