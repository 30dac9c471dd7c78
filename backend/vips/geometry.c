#include "geometry.h"
#include "load.h"

// Turns as a viewer would turn an image with this EXIF orientation. It goes through memory:
// turning reads from below and from the right, a decoder only gives from above.
int
gip_turn(VipsImage **image, int orientation)
{
	VipsImage *next;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 2);
	int failed = !(t[0] = vips_image_copy_memory(*image)) || vips_copy(t[0], &t[1], NULL);
	if (!failed) {
		vips_image_set_int(t[1], VIPS_META_ORIENTATION, orientation);
		failed = vips_autorot(t[1], &next, NULL);
	}
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

static int
with_alpha(VipsImage **image)
{
	VipsImage *next;
	if (vips_image_hasalpha(*image))
		return 0;
	return vips_addalpha(*image, &next, NULL) ? -1 : gip_replace(image, next);
}

// Puts the image on a transparent canvas of the place's width and height.
int
gip_canvas(VipsImage **image, GipArea place)
{
	VipsImage *next;
	if (with_alpha(image) ||
		vips_embed(*image, &next, place.left, place.top, place.width, place.height,
			"extend", VIPS_EXTEND_BLACK, NULL))
		return -1;
	return gip_replace(image, next);
}

static int
in_colour(VipsImage **image)
{
	VipsImage *next;
	if ((*image)->Type == VIPS_INTERPRETATION_sRGB)
		return 0;
	return vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL) ? -1 : gip_replace(image, next);
}

// Puts a colour that is itself transparent (opacity 0 to 1) behind a transparent image.
int
gip_veil(VipsImage **image, double red, double green, double blue, double opacity)
{
	if (!vips_image_hasalpha(*image))
		return 0;
	if (in_colour(image))
		return -1;
	VipsImage *next;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 2);
	double colour[4] = { red, green, blue, opacity * 255 };
	int failed = !(t[0] = vips_image_new_from_image(*image, colour, 4)) ||
		vips_composite2(t[0], *image, &t[1], VIPS_BLEND_MODE_OVER,
			"compositing_space", VIPS_INTERPRETATION_sRGB, NULL) ||
		vips_cast_uchar(t[1], &next, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

// The image as stored, in three bands, with magenta for what is transparent.
static int
open_opaque(const void *data, size_t length, int page, VipsImage **image)
{
	*image = NULL;
	GipLoad load = { .page = page };
	if (gip_open_as(data, length, &load, image) || in_colour(image) || gip_flatten(image, 255, 0, 255))
		return -1;
	return gip_srgb(image);
}

// The source is opened for this alone: reading a pixel of a streamed image spoils it for
// whoever wants to start at its top.
static int
first_colour(const void *data, size_t length, int page, double colour[3])
{
	VipsImage *image;
	double *point;
	int n;
	int failed = open_opaque(data, length, page, &image) || vips_getpoint(image, &point, &n, 0, 0, NULL);
	if (!failed) {
		for (int i = 0; i < 3; i++)
			colour[i] = point[n < 3 ? 0 : i];
		g_free(point);
	}
	VIPS_UNREF(image);
	return failed ? -1 : 0;
}

int
gip_find_trim(const void *data, size_t length, int page, const GipTrim *trim, GipArea *found)
{
	double colour[3] = { trim->colour[0], trim->colour[1], trim->colour[2] };
	if (!trim->has_colour && first_colour(data, length, page, colour))
		return -1;
	VipsImage *image;
	VipsArrayDouble *background = vips_array_double_new(colour, 3);
	int failed = open_opaque(data, length, page, &image) ||
		vips_find_trim(image, &found->left, &found->top, &found->width, &found->height,
			"background", background, "threshold", trim->threshold, NULL);
	vips_area_unref(VIPS_AREA(background));
	VIPS_UNREF(image);
	return failed ? -1 : 0;
}
