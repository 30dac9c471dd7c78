#ifndef GIP_GEOMETRY_H
#define GIP_GEOMETRY_H

#include "vips.h"

// As in vips.h: 0, or -1 with libvips' error buffer filled, and *image is replaced.

typedef struct {
	double threshold;
	int has_colour; // else that of the top left pixel
	double colour[3];
} GipTrim;

int gip_turn(VipsImage **image, int orientation);
int gip_canvas(VipsImage **image, GipArea place);
int gip_veil(VipsImage **image, double red, double green, double blue, double opacity);
int gip_find_trim(const void *data, size_t length, int page, const GipTrim *trim, GipArea *found);

#endif
