#ifndef GIP_REDUCE_H
#define GIP_REDUCE_H

#include <vips/vips.h>

int gip_rows_are_slow(void);
int gip_reduces(const VipsImage *image, int width, int height);
int gip_reduce(VipsImage **image, int width, int height);

#endif
