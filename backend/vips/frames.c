#include "frames.h"

// Marks the images that gip_reel_join made.
#define REEL "gip-reel"

// Only the loaders of animations take these options.
int
gip_reel_open(const void *data, size_t length, int first, int count, VipsImage **reel)
{
	*reel = vips_image_new_from_buffer(data, length, "",
		"access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR,
		"page", first, "n", count, NULL);
	return *reel ? 0 : -1;
}

// A part of the reel in memory, as a picture of its own: with what says how to show its
// colours and which way up, and nothing that says there are more. Parts must be taken from
// top to bottom: the reel is read only once.
int
gip_reel_frame(VipsImage *reel, int top, int height, VipsImage **frame)
{
	static const char *const many[] = { VIPS_META_PAGE_HEIGHT, VIPS_META_N_PAGES, "delay", "loop",
		"gif-delay", "gif-loop" };
	VipsImage *part;
	if (vips_extract_area(reel, &part, 0, top, reel->Xsize, height, NULL))
		return -1;
	*frame = vips_image_copy_memory(part);
	VIPS_UNREF(part);
	if (!*frame)
		return -1;
	for (size_t i = 0; i < G_N_ELEMENTS(many); i++)
		vips_image_remove(*frame, many[i]);
	return 0;
}

static void
copy_timing(VipsImage *from, VipsImage *to)
{
	int *delays;
	int count, loop;
	if (vips_image_get_typeof(from, "delay") &&
		!vips_image_get_array_int(from, "delay", &delays, &count))
		vips_image_set_array_int(to, "delay", delays, count);
	if (vips_image_get_typeof(from, "loop") && !vips_image_get_int(from, "loop", &loop))
		vips_image_set_int(to, "loop", loop);
}

// One reel of finished frames, shown as long and as often as those of timing.
int
gip_reel_join(VipsImage **frames, int count, VipsImage *timing, VipsImage **reel)
{
	VipsImage *column;
	if (vips_arrayjoin(frames, &column, count, "across", 1, NULL))
		return -1;
	int failed = vips_copy(column, reel, NULL); // metadata is changed only in an image of one's own
	VIPS_UNREF(column);
	if (failed)
		return -1;
	vips_image_set_int(*reel, VIPS_META_PAGE_HEIGHT, frames[0]->Ysize);
	vips_image_set_int(*reel, REEL, 1);
	copy_timing(timing, *reel);
	return 0;
}

int
gip_reel_keeps(VipsImage *image, const char *field)
{
	return vips_image_get_typeof(image, REEL) &&
		(!strcmp(field, REEL) || !strcmp(field, VIPS_META_PAGE_HEIGHT) ||
			!strcmp(field, "delay") || !strcmp(field, "loop"));
}

VipsImage *
gip_ref(VipsImage *image)
{
	g_object_ref(image);
	return image;
}
