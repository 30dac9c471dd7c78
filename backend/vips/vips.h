#ifndef GIP_VIPS_H
#define GIP_VIPS_H

#include <vips/vips.h>

// Every function gives 0, or -1 with libvips' error buffer filled. Those that take
// VipsImage **image replace *image by the next stage and drop their reference to the old
// one; when they fail, *image stays as it was. So a caller owns one reference at all times
// and frees it once. They are functions at all because cgo cannot call variadic ones.

// An sRGB profile has 524 to 8,000 bytes; what is larger need not be read to be judged.
#define GIP_ICC_MOST 65536

typedef struct {
	int width, height; // of one frame, as stored
	int orientation;
	int pages;
	int alpha;
	int profile;
	void *icc; // a copy of the profile, NULL where there is none or it is over GIP_ICC_MOST
	size_t icc_length;
	int foreign; // CMYK, or more than 8 bits
} GipHeader;

typedef struct {
	int left, top, width, height;
} GipArea;

typedef enum {
	GIP_JPEG,
	GIP_PNG,
	GIP_WEBP,
	GIP_AVIF,
	GIP_GIF,
	GIP_TIFF,
	GIP_JXL,
} GipFormat;

typedef struct {
	GipFormat format;
	int quality;
	int effort;
	int keep; // GIP_KEEP_…
	int lossless; // WebP only
} GipEncoding;

int gip_start(int svg);
void gip_release(void);
void gip_block(const char *operation, int blocked);
int gip_loads(const void *data, size_t length);
int gip_sample(GipFormat format, void **data, size_t *length);

int gip_thumbnail(const void *data, size_t length, int width, int height, int keep_profile, VipsImage **image);
int gip_open(const void *data, size_t length, int jpeg_shrink, VipsImage **image);
int gip_area_thumbnail(VipsImage **image, GipArea area, int width, int height, int keep_profile);
int gip_stretch(VipsImage **image, int width, int height);
int gip_srgb(VipsImage **image);

int gip_extract(VipsImage **image, GipArea area);
int gip_memory(VipsImage **image);
int gip_attention(VipsImage *image, int width, int height, int *left, int *top);
int gip_flatten(VipsImage **image, double red, double green, double blue);
int gip_save(VipsImage *image, const GipEncoding *encoding, void **data, size_t *length);
int gip_intermediate(VipsImage *image, void **data, size_t *length);

int gip_raster(const void *pixels, size_t length, int width, int height, int bands, VipsImage **image);
int gip_resize_raster(VipsImage **image, int width, int height, int slow_rows);
int gip_has_palette(VipsImage *image);

int gip_replace(VipsImage **image, VipsImage *next); // takes over next; always 0
void gip_unref(VipsImage *image);

#endif
