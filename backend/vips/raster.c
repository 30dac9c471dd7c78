#include "reduce.h"
#include "vips.h"

// The pixels are not copied, and must outlive the image. Of four bands libvips would not know
// that they are colours and alpha.
int
gip_raster(const void *pixels, size_t length, int width, int height, int bands, VipsImage **image)
{
	VipsImage *plain = vips_image_new_from_memory(pixels, length, width, height, bands, VIPS_FORMAT_UCHAR);
	if (!plain)
		return -1;
	int failed = vips_copy(plain, image, "interpretation",
		bands < 3 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB, NULL);
	VIPS_UNREF(plain);
	return failed ? -1 : 0;
}

// Without a gap, the resize is one of Lanczos' all the way down: libvips would begin with a
// mean of squares (vips_shrink), which is the coarser of the two and takes five times as long.
int
gip_resize_raster(VipsImage **image, int width, int height, int slow_rows)
{
	VipsImage *next;
	if ((*image)->Xsize == width && (*image)->Ysize == height)
		return 0;
	if (vips_image_hasalpha(*image))
		return gip_stretch(image, width, height);
	if (slow_rows && gip_reduces(*image, width, height))
		return gip_reduce(image, width, height);
	return vips_resize(*image, &next, (double) width / (*image)->Xsize,
			   "vscale", (double) height / (*image)->Ysize, "gap", 0.0, NULL)
		? -1
		: gip_replace(image, next);
}
