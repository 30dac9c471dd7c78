#include "frames.h"
#include "load.h"
#include "output.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

// The loaders that sources may use. Everything else that libvips was built with (PDF,
// ImageMagick's two hundred, OpenSlide…) stays blocked, and so does every loader that
// reads files: bytes come from memory only.
static const char *const allowed[] = {
	"VipsForeignLoadJpegBuffer",
	"VipsForeignLoadPngBuffer",
	"VipsForeignLoadNsgifBuffer",
	"VipsForeignLoadWebpBuffer",
	"VipsForeignLoadHeifBuffer",
	"VipsForeignLoadJxlBuffer",
	"VipsForeignSaveJxl", // blocked with what libvips calls untrusted
};

void
gip_block(const char *operation, int blocked)
{
	vips_operation_block_set(operation, blocked);
}

static void
ignore(const char *domain, GLogLevelFlags level, const char *text, void *data)
{
}

int
gip_start(int svg)
{
	if (VIPS_INIT("gip"))
		return -1;
	// Warnings quote files ("iCCP: profile 'x': …"): a visitor could fill the log with them.
	g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, ignore, NULL);
	vips_block_untrusted_set(TRUE);
	gip_block("VipsForeignLoad", TRUE);
	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++)
		gip_block(allowed[i], FALSE);
	gip_block("VipsForeignLoadSvgBuffer", !svg);

	// One job a process, and as many processes as cores: threads would only wait for each other.
	vips_concurrency_set(1);
	// A cached operation holds its source's bytes, which are freed behind its back.
	vips_cache_set_max(0);
	vips_cache_set_max_mem(0);
	vips_cache_set_max_files(0);
	return 0;
}

void
gip_release(void)
{
#ifdef __GLIBC__ // others give memory back by themselves
	malloc_trim(0);
#endif
}

void
gip_unref(VipsImage *image)
{
	VIPS_UNREF(image);
}

int
gip_replace(VipsImage **image, VipsImage *next)
{
	VIPS_UNREF(*image);
	*image = next;
	return 0;
}

// Sequential, so that a large PNG streams through instead of going to a temporary file.
// fail_on error: half a JPEG is an error and no grey half.
#define STREAMED "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR

int
gip_open(const void *data, size_t length, int jpeg_shrink, VipsImage **image)
{
	*image = jpeg_shrink > 1
		? vips_image_new_from_buffer(data, length, "", STREAMED, "shrink", jpeg_shrink, NULL)
		: vips_image_new_from_buffer(data, length, "", STREAMED, NULL);
	return *image ? 0 : -1;
}

int
gip_loads(const void *data, size_t length)
{
	VipsImage *image;
	double average;
	if (gip_open(data, length, 1, &image))
		return -1;
	int failed = vips_avg(image, &average, NULL);
	VIPS_UNREF(image);
	return failed;
}

int
gip_sample(GipFormat format, void **data, size_t *length)
{
	VipsImage *image;
	if (vips_black(&image, 8, 8, "bands", 3, NULL))
		return -1;
	GipEncoding encoding = { .format = format, .quality = 80, .effort = 1 };
	int failed = gip_save(image, &encoding, data, length);
	VIPS_UNREF(image);
	return failed;
}

static int
pages_of(VipsImage *image)
{
	// A HEIF's other pictures are no frames: only the primary one is ever decoded.
	const char *loader;
	if (vips_image_get_typeof(image, VIPS_META_LOADER) &&
		!vips_image_get_string(image, VIPS_META_LOADER, &loader) &&
		vips_isprefix("heif", loader))
		return 1;
	return vips_image_get_n_pages(image);
}

static void
copy_profile(VipsImage *image, GipHeader *header)
{
	const void *profile;
	size_t length;
	header->icc = NULL;
	header->icc_length = 0;
	if (!header->profile ||
		vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length) ||
		length > GIP_ICC_MOST)
		return;
	header->icc = g_memdup2(profile, length);
	header->icc_length = length;
}

int
gip_header(const void *data, size_t length, int page, GipHeader *header)
{
	VipsImage *image = page > 0
		? vips_image_new_from_buffer(data, length, "", "access", VIPS_ACCESS_SEQUENTIAL, "page", page, NULL)
		: vips_image_new_from_buffer(data, length, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
	if (!image)
		return -1;
	header->width = image->Xsize;
	header->height = vips_image_get_page_height(image);
	header->orientation = vips_image_get_orientation(image);
	header->pages = pages_of(image);
	header->alpha = vips_image_hasalpha(image);
	header->profile = vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
	copy_profile(image, header);
	header->foreign = image->BandFmt != VIPS_FORMAT_UCHAR || image->Type == VIPS_INTERPRETATION_CMYK;
	VIPS_UNREF(image);
	return 0;
}

static int
has_profile(VipsImage *image)
{
	const void *profile;
	size_t length;
	return vips_image_get_typeof(image, VIPS_META_ICC_NAME) &&
		!vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length) &&
		vips_icc_is_compatible_profile(image, profile, length);
}

// The profile to convert to, or NULL where nothing is to be converted: without an embedded
// profile the pixels count as sRGB already, and going through XYZ would only cost time and
// precision. CMYK is for from_print. A profile that does not fit its image is ignored, as
// browsers do.
static const char *
export_profile(VipsImage *image)
{
	return image->Type != VIPS_INTERPRETATION_CMYK && has_profile(image) ? "srgb" : NULL;
}

// libvips' way from CMYK to what can be resized takes a press of its own for granted, also
// where the file says by which it was made. That profile must be gone through first.
static int
from_print(VipsImage **image)
{
	VipsImage *next;
	if ((*image)->Type != VIPS_INTERPRETATION_CMYK || !has_profile(*image))
		return 0;
	return vips_icc_transform(*image, &next, "srgb", "embedded", TRUE, "depth", 8, NULL)
		? -1
		: gip_replace(image, next);
}

// The loader's own option, because vips_thumbnail_buffer of libvips 8.14 takes a fail_on and
// passes it to no loader.
#define FAIL_ON_ERROR "[fail_on=error]"

int
gip_thumbnail(const void *data, size_t length, int width, int height, int keep_profile, VipsImage **image)
{
	VipsImage *header;
	if (gip_open(data, length, 1, &header))
		return -1;
	const char *profile = keep_profile ? NULL : export_profile(header);
	VIPS_UNREF(header);
	return profile
		? vips_thumbnail_buffer((void *) data, length, image, width, "height", height,
			"size", VIPS_SIZE_FORCE, "option_string", FAIL_ON_ERROR, "export_profile", profile, NULL)
		: vips_thumbnail_buffer((void *) data, length, image, width, "height", height,
			"size", VIPS_SIZE_FORCE, "option_string", FAIL_ON_ERROR, NULL);
}

// vips_thumbnail_image turns by EXIF after resizing, so area is one of the image as stored,
// and width and height are those of the upright result.
int
gip_area_thumbnail(VipsImage **image, GipArea area, int width, int height, int keep_profile)
{
	VipsImage *next;
	const char *profile = keep_profile ? NULL : export_profile(*image);
	int all = area.width == (*image)->Xsize && area.height == (*image)->Ysize;
	if (!all && gip_extract(image, area))
		return -1;
	if (from_print(image))
		return -1;
	int failed = profile
		? vips_thumbnail_image(*image, &next, width, "height", height,
			"size", VIPS_SIZE_FORCE, "export_profile", profile, NULL)
		: vips_thumbnail_image(*image, &next, width, "height", height,
			"size", VIPS_SIZE_FORCE, NULL);
	return failed ? -1 : gip_replace(image, next);
}

// Resizes a transparent image along one axis. vips_thumbnail premultiplies only when both
// sides change; with one, colours hidden under transparency would bleed into the edges.
int
gip_stretch(VipsImage **image, int width, int height)
{
	VipsImage *next;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 3);
	int failed = vips_premultiply(*image, &t[0], NULL) ||
		vips_resize(t[0], &t[1], (double) width / (*image)->Xsize,
			"vscale", (double) height / (*image)->Ysize, NULL) ||
		vips_unpremultiply(t[1], &t[2], NULL) ||
		vips_cast_uchar(t[2], &next, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

// Eight bits a band, sRGB, or one band of grey: what every encoder here takes.
int
gip_srgb(VipsImage **image)
{
	VipsImage *next;
	VipsInterpretation space = (*image)->Bands < 3 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
	if ((*image)->Type != space) {
		if (vips_colourspace(*image, &next, space, NULL))
			return -1;
		gip_replace(image, next);
	}
	if ((*image)->BandFmt == VIPS_FORMAT_UCHAR)
		return 0;
	return vips_cast_uchar(*image, &next, NULL) ? -1 : gip_replace(image, next);
}

int
gip_extract(VipsImage **image, GipArea area)
{
	VipsImage *next;
	return vips_extract_area(*image, &next, area.left, area.top, area.width, area.height, NULL)
		? -1
		: gip_replace(image, next);
}

int
gip_memory(VipsImage **image)
{
	VipsImage *next = vips_image_copy_memory(*image);
	return next ? gip_replace(image, next) : -1;
}

// The place of the most interesting width × height part. The image must be in memory: it is
// read several times.
int
gip_attention(VipsImage *image, int width, int height, int *left, int *top)
{
	VipsImage *part;
	if (vips_smartcrop(image, &part, width, height, "interesting", VIPS_INTERESTING_ATTENTION, NULL))
		return -1;
	*left = -part->Xoffset; // an extract leaves its origin as a negative offset
	*top = -part->Yoffset;
	VIPS_UNREF(part);
	return 0;
}

int
gip_flatten(VipsImage **image, double red, double green, double blue)
{
	VipsImage *next;
	if (!vips_image_hasalpha(*image))
		return 0;
	if ((*image)->Bands < 3) { // grey could not take a coloured background
		if (vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL))
			return -1;
		gip_replace(image, next);
	}
	double colour[3] = { red, green, blue };
	VipsArrayDouble *background = vips_array_double_new(colour, 3);
	int failed = vips_flatten(*image, &next, "background", background, NULL);
	vips_area_unref(VIPS_AREA(background));
	return failed ? -1 : gip_replace(image, next);
}

// An image without metadata but what is to be kept. The savers' own "strip" is not enough: webpsave of libvips 8.14
// keeps EXIF, XMP and the profile, whatever it is told.
static int
strip(VipsImage *image, int keep, VipsImage **stripped)
{
	if (vips_copy(image, stripped, NULL)) // metadata is changed only in an image of one's own
		return -1;
	char **fields = vips_image_get_fields(*stripped);
	for (char **field = fields; field && *field; field++)
		if (!gip_reel_keeps(image, *field) && !gip_kept(*stripped, *field, keep))
			vips_image_remove(*stripped, *field);
	g_strfreev(fields);
	return 0;
}

int
gip_has_palette(VipsImage *image)
{
	return vips_image_get_typeof(image, "palette-bit-depth") != 0 || // libvips before 8.15
		vips_image_get_typeof(image, "palette") != 0;
}

static int
save_jpeg(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	return vips_jpegsave_buffer(image, data, length, "Q", e->quality,
		"optimize_coding", TRUE, "strip", !e->keep, NULL);
}

// A palette where the source had one (it would grow several times over otherwise), or where
// a quality was asked for; else lossless.
static int
save_png(VipsImage *image, const GipEncoding *e, int palette, void **data, size_t *length)
{
	if (palette || e->quality < 100)
		return vips_pngsave_buffer(image, data, length, "palette", TRUE, "bitdepth", 8,
			"Q", e->quality, "strip", !e->keep, NULL);
	return vips_pngsave_buffer(image, data, length,
		"filter", VIPS_FOREIGN_PNG_FILTER_ALL, "strip", !e->keep, NULL);
}

static int
save_webp(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	return vips_webpsave_buffer(image, data, length, "Q", e->quality, "lossless", e->lossless,
		"effort", e->effort, "strip", !e->keep, NULL);
}

static int
save_avif(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	return vips_heifsave_buffer(image, data, length, "Q", e->quality,
		"compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1, "encoder", VIPS_FOREIGN_HEIF_ENCODER_AOM,
		"effort", e->effort, "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_AUTO, "strip", !e->keep, NULL);
}

// GIF has no quality but its number of colours: 256 down to 32.
static int
save_gif(VipsImage *image, const GipEncoding *e, void **data, size_t *length)
{
	return vips_gifsave_buffer(image, data, length,
		"bitdepth", 8 - (100 - e->quality) / 25, "effort", e->effort, "strip", !e->keep, NULL);
}

static int
save(VipsImage *image, const GipEncoding *e, int palette, void **data, size_t *length)
{
	switch (e->format) {
	case GIP_JPEG:
		return save_jpeg(image, e, data, length);
	case GIP_PNG:
		return save_png(image, e, palette, data, length);
	case GIP_WEBP:
		return save_webp(image, e, data, length);
	case GIP_AVIF:
		return save_avif(image, e, data, length);
	case GIP_GIF:
		return save_gif(image, e, data, length);
	case GIP_TIFF:
		return gip_save_tiff(image, e, data, length);
	case GIP_JXL:
		return gip_save_jxl(image, e, data, length);
	}
	vips_error("gip", "format %d cannot be saved", e->format);
	return -1;
}

int
gip_save(VipsImage *image, const GipEncoding *encoding, void **data, size_t *length)
{
	VipsImage *stripped;
	if (strip(image, encoding->keep, &stripped))
		return -1;
	int failed = save(stripped, encoding, gip_has_palette(image), data, length);
	VIPS_UNREF(stripped);
	return failed;
}

int
gip_intermediate(VipsImage *image, void **data, size_t *length)
{
	return vips_tiffsave_buffer(image, data, length,
		"compression", VIPS_FOREIGN_TIFF_COMPRESSION_NONE, "strip", TRUE, NULL);
}
