#ifndef GIP_MARKS_H
#define GIP_MARKS_H

#include "vips.h"

// As in vips.h: 0, or -1 with libvips' error buffer filled, and *image is replaced.

typedef struct {
	int width, height; // of one field
	int x, y;          // of the mark in it
	int across, down;
	int chess; // every second field is empty
} GipTiles;

int gip_letters(const char *text, const char *font, int colour, int wrap, int align, VipsImage **image);
int gip_mark(VipsImage **image, double angle, int width, int height, double opacity);
int gip_tiles(VipsImage **mark, GipTiles tiles);
int gip_stamp(VipsImage **image, VipsImage *mark, GipArea seen, int x, int y);

#endif
