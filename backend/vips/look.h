#ifndef GIP_LOOK_H
#define GIP_LOOK_H

#include "vips.h"

// As in vips.h. The image is 8-bit sRGB or grey, with or without alpha, in memory; page is the
// height of one of the pages that stand in a column.

typedef struct {
	double matrix[9], offset[3];
} GipRecolor;

typedef struct {
	double red, green, blue;
	double opacity;
	double x, y, at; // opacity × (x·column + y·row + at), from 0 to 1
	int keep_alpha;
} GipOverlay;

typedef struct {
	double red, green, blue; // weights of brightness
	double intensity;
} GipPalette;

typedef struct {
	double sigma;
	int shrink;
} GipBlur;

typedef struct {
	double middle, around;
} GipMask;

int gip_blur(VipsImage **image, int page, GipBlur blur);
int gip_sharpen(VipsImage **image, int page, double sigma);
int gip_unsharp(VipsImage **image, int page, GipMask mask);
int gip_pixelate(VipsImage **image, int page, int size);
int gip_recolor(VipsImage **image, const GipRecolor *recolor);
int gip_palette(VipsImage **image, const void *colors, const GipPalette *palette); // 256 times red, green, blue
int gip_overlay(VipsImage **image, int page, const GipOverlay *overlay);
int gip_round(VipsImage **image, int page, double radius);

#endif
