#ifndef GIP_DESCRIBE_H
#define GIP_DESCRIBE_H

#include "vips.h"

// What a header tells beyond GipHeader. The two blocks are copies that the caller frees with
// g_free, also after a failure; they are NULL where the file has none.
typedef struct {
	const char *space;
	void *exif, *profile;
	size_t exif_length, profile_length;
} GipFacts;

int gip_facts(const void *data, size_t length, GipFacts *facts);
int gip_rgba(VipsImage **image);
int gip_soften(const void *pixels, int width, int height, int to_width, int to_height, VipsImage **image);

#endif
