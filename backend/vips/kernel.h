#ifndef GIP_KERNEL_H
#define GIP_KERNEL_H

#include <stdint.h>
#include <vips/vips.h>

#define GIP_WEIGHT_BITS 12 // after the point

// How a row is reduced. Its pixels are taken in pairs: a result that begins with a pair has a
// zero for its last weight, one that begins in the middle of a pair for its first.
typedef struct {
	double shrink;
	int source, width; // pixels of a row, before and after
	int taps, pairs;   // pixels that one of the result is made of
	int reach;         // how many of them lie before the source's first pixel, for the first
	int *first;        // for each pixel of the result the pair it begins with
	const int32_t **weights; // and its weights, two of 16 bits each
} GipKernel;

GipKernel *gip_kernel(VipsImage *owner, int source, double shrink);

#endif
