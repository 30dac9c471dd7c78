#ifndef GIP_CHAIN_H
#define GIP_CHAIN_H

#include "geometry.h"
#include "vips.h"

int gip_between(VipsImage **image, int keep_profile);
int gip_find_trim_in(VipsImage *image, const GipTrim *trim, GipArea *found);

#endif
