#include "frames.h"
#include "output.h"

#include <string.h>

int
gip_saves(const char *saver)
{
	return vips_type_find("VipsOperation", saver) != 0;
}

static int
is_metadata(const char *field)
{
	// The thumbnail shows what a crop took away, and the picture is upright by now.
	if (vips_isprefix("exif-ifd1-", field) || !strcmp(field, "exif-ifd0-Orientation"))
		return 0;
	return vips_isprefix("exif-", field) ||
		!strcmp(field, VIPS_META_XMP_NAME) ||
		!strcmp(field, VIPS_META_IPTC_NAME);
}

// EXIF is written anew from its fields where its own bytes (exif-data) are not kept: then
// nothing but these fields is in it.
static int
is_copyright(const char *field)
{
	return !strcmp(field, "exif-ifd0-Copyright") || !strcmp(field, "exif-ifd0-Artist");
}

// A profile is kept only with the pixels it speaks of: grey or CMYK that has become sRGB has
// left its own behind.
static int
is_own_profile(VipsImage *image, const char *field)
{
	const void *profile;
	size_t length;
	return !strcmp(field, VIPS_META_ICC_NAME) &&
		!vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length) &&
		vips_icc_is_compatible_profile(image, profile, length);
}

int
gip_kept(VipsImage *image, const char *field, int keep)
{
	return ((keep & GIP_KEEP_METADATA) && is_metadata(field)) ||
		((keep & GIP_KEEP_COPYRIGHT) && is_copyright(field)) ||
		((keep & GIP_KEEP_PROFILE) && is_own_profile(image, field));
}

// Resizes what is in memory to width × height, for a result that must have fewer bytes. What
// is transparent and keeps one side, a line, is for gip_stretch.
int
gip_same_size(VipsImage *image, int width, int height, VipsImage **resized)
{
	if (width == image->Xsize && height == image->Ysize) {
		*resized = gip_ref(image);
		return 0;
	}
	if (vips_image_hasalpha(image) && (width == image->Xsize || height == image->Ysize)) {
		*resized = gip_ref(image);
		return gip_stretch(resized, width, height);
	}
	return vips_thumbnail_image(image, resized, width, "height", height,
		"size", VIPS_SIZE_FORCE, "no_rotate", TRUE, NULL);
}

// Lossless, or where a quality was asked for, JPEG inside, which cannot be transparent.
int
gip_save_tiff(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	if (e->quality < 100 && !vips_image_hasalpha(image))
		return vips_tiffsave_buffer(image, data, length, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_JPEG,
			"Q", e->quality, "strip", !e->keep, NULL);
	return vips_tiffsave_buffer(image, data, length, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE,
		"predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, "strip", !e->keep, NULL);
}

int
gip_save_jxl(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	return vips_jxlsave_buffer(image, data, length, "Q", e->quality,
		"effort", e->effort, "strip", !e->keep, NULL);
}
