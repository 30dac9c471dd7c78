#ifndef GIP_FRAMES_H
#define GIP_FRAMES_H

#include <vips/vips.h>

// The rules of vips.h hold here too. A reel is frames of one size, one below the other, with
// delays and loop count as metadata, which gip_reel_keeps saves from being stripped.

int gip_reel_open(const void *data, size_t length, int first, int count, VipsImage **reel);
int gip_reel_frame(VipsImage *reel, int top, int height, VipsImage **frame);
int gip_reel_join(VipsImage **frames, int count, VipsImage *timing, VipsImage **reel);
int gip_reel_keeps(VipsImage *image, const char *field);

VipsImage *gip_ref(VipsImage *image);

#endif
