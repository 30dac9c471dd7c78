#include "chain.h"

// A picture that a pipeline made, in memory for the next one. Without its profile, or the
// next would convert its colours from sRGB to sRGB.
int
gip_between(VipsImage **image, int keep_profile)
{
	VipsImage *next;
	if (gip_memory(image) || vips_copy(*image, &next, NULL)) // metadata is changed only in an image of one's own
		return -1;
	if (!keep_profile)
		vips_image_remove(next, VIPS_META_ICC_NAME);
	return gip_replace(image, next);
}

// In three bands, with magenta for what is transparent, as when a source is trimmed.
static int
opaque(VipsImage **image)
{
	VipsImage *next;
	if ((*image)->Type != VIPS_INTERPRETATION_sRGB) {
		if (vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL))
			return -1;
		gip_replace(image, next);
	}
	return gip_flatten(image, 255, 0, 255) ? -1 : gip_srgb(image);
}

static int
first_colour(VipsImage *image, VipsArrayDouble **colour)
{
	double *point;
	int n;
	if (vips_getpoint(image, &point, &n, 0, 0, NULL))
		return -1;
	*colour = vips_array_double_new(point, n);
	g_free(point);
	return 0;
}

// gip_find_trim for a picture in memory, which stays as it is.
int
gip_find_trim_in(VipsImage *image, const GipTrim *trim, GipArea *found)
{
	VipsArrayDouble *background = NULL;
	g_object_ref(image);
	int failed = opaque(&image);
	if (!failed && trim->has_colour)
		background = vips_array_double_new((double *) trim->colour, 3);
	else if (!failed)
		failed = first_colour(image, &background);
	failed = failed ||
		vips_find_trim(image, &found->left, &found->top, &found->width, &found->height,
			"background", background, "threshold", trim->threshold, NULL);
	if (background)
		vips_area_unref(VIPS_AREA(background));
	VIPS_UNREF(image);
	return failed ? -1 : 0;
}
