#include "describe.h"

// Longer blocks are not for reading: a camera's EXIF has at most 64 kB, and profiles with
// tables of colours give their name in the first kilobytes.
#define MOST_METADATA (1 << 20)

static void *
copy_blob(VipsImage *image, const char *name, size_t *length)
{
	const void *data;
	*length = 0;
	if (!vips_image_get_typeof(image, name) || vips_image_get_blob(image, name, &data, length))
		return NULL;
	*length = VIPS_MIN(*length, MOST_METADATA);
	return g_memdup2(data, *length);
}

int
gip_facts(const void *data, size_t length, GipFacts *facts)
{
	VipsImage *image = vips_image_new_from_buffer(data, length, "",
		"access", VIPS_ACCESS_SEQUENTIAL, NULL);
	if (!image)
		return -1;
	facts->space = vips_enum_nick(VIPS_TYPE_INTERPRETATION, vips_image_guess_interpretation(image));
	facts->exif = copy_blob(image, VIPS_META_EXIF_NAME, &facts->exif_length);
	facts->profile = copy_blob(image, VIPS_META_ICC_NAME, &facts->profile_length);
	VIPS_UNREF(image);
	return 0;
}

// Four bands of eight bits: what Go's image.NRGBA holds. The image is what gip_srgb left.
int
gip_rgba(VipsImage **image)
{
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 4);
	VipsImage *now = *image, *next = NULL;
	int failed = 0;
	if (now->Bands < 3)
		failed = vips_colourspace(now, &t[0], VIPS_INTERPRETATION_sRGB, NULL) || !(now = t[0]);
	if (!failed && !vips_image_hasalpha(now))
		failed = vips_addalpha(now, &t[1], NULL) || !(now = t[1]);
	failed = failed || vips_extract_band(now, &t[2], 0, "n", 4, NULL) ||
		vips_cast_uchar(t[2], &t[3], NULL) ||
		!(next = vips_image_copy_memory(t[3]));
	VIPS_UNREF(scope);
	if (failed)
		return -1;
	VIPS_UNREF(*image);
	*image = next;
	return 0;
}

// Shrinks RGBA pixels and blurs them, premultiplied, so that colours hidden under
// transparency do not show. The result is in memory of its own.
int
gip_soften(const void *pixels, int width, int height, int to_width, int to_height, VipsImage **image)
{
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 7);
	int failed = !(t[0] = vips_image_new_from_memory(pixels, (size_t) width * height * 4, width, height, 4, VIPS_FORMAT_UCHAR)) ||
		vips_copy(t[0], &t[1], "interpretation", VIPS_INTERPRETATION_sRGB, NULL) ||
		vips_premultiply(t[1], &t[2], NULL) ||
		vips_resize(t[2], &t[3], (double) to_width / width, "vscale", (double) to_height / height,
			"kernel", VIPS_KERNEL_LINEAR, NULL) ||
		vips_gaussblur(t[3], &t[4], 0.8, NULL) || // a pixel or so: what upscaling would show as blocks
		vips_unpremultiply(t[4], &t[5], NULL) ||
		vips_cast_uchar(t[5], &t[6], NULL) ||
		!(*image = vips_image_copy_memory(t[6]));
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}
