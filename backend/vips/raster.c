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
