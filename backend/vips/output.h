#ifndef GIP_OUTPUT_H
#define GIP_OUTPUT_H

#include "vips.h"

// What an encoder keeps beside the picture; 0 is nothing.
enum {
	GIP_KEEP_METADATA = 1,  // EXIF but for orientation and thumbnail, XMP, IPTC
	GIP_KEEP_COPYRIGHT = 2, // of EXIF, Copyright and Artist
	GIP_KEEP_PROFILE = 4,
};

int gip_saves(const char *saver);
int gip_kept(VipsImage *image, const char *field, int keep);
int gip_same_size(VipsImage *image, int width, int height, VipsImage **resized);
int gip_save_tiff(VipsImage *image, const GipEncoding *e, void **data, size_t *length);
int gip_save_jxl(VipsImage *image, const GipEncoding *e, void **data, size_t *length);

#endif
