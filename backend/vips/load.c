#include "load.h"

// Sequential and strict, see gip_open.
int
gip_open_as(const void *data, size_t length, const GipLoad *load, VipsImage **image)
{
	char scale[G_ASCII_DTOSTR_BUF_SIZE];
	GString *options = g_string_new("[fail_on=error");
	if (load->jpeg_shrink > 1)
		g_string_append_printf(options, ",shrink=%d", load->jpeg_shrink);
	if (load->page > 0)
		g_string_append_printf(options, ",page=%d", load->page);
	if (load->scale > 0 && load->scale != 1)
		g_string_append_printf(options, ",scale=%s", g_ascii_dtostr(scale, sizeof(scale), load->scale));
	g_string_append_c(options, ']');
	*image = vips_image_new_from_buffer(data, length, options->str, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
	g_string_free(options, TRUE);
	return *image ? 0 : -1;
}

// Drops an alpha that hides nothing: a page of paper has one.
int
gip_opaque(VipsImage **image)
{
	VipsImage *next;
	if (!vips_image_hasalpha(*image))
		return 0;
	return vips_extract_band(*image, &next, 0, "n", (*image)->Bands - 1, NULL)
		? -1
		: gip_replace(image, next);
}
