#ifndef GIP_LOAD_H
#define GIP_LOAD_H

#include "vips.h"

// What a loader is told beside its bytes. Zero is nothing.
typedef struct {
	int jpeg_shrink;
	int page;
	double scale;
} GipLoad;

int gip_open_as(const void *data, size_t length, const GipLoad *load, VipsImage **image);
int gip_header(const void *data, size_t length, int page, GipHeader *header);
int gip_opaque(VipsImage **image);

#endif
