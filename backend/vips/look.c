#include "look.h"

#include <math.h>

// What a step does to an image that it does not own; *out is a new one.
typedef int (*Step)(VipsImage *in, VipsImage **out, const void *how);

// Casts alone would cut fractions off.
static int
to_bytes(VipsImage *in, VipsImage **out)
{
	VipsImage *rounded;
	if (vips_rint(in, &rounded, NULL))
		return -1;
	int failed = vips_cast_uchar(rounded, out, NULL);
	VIPS_UNREF(rounded);
	return failed;
}

// One page at a time, so that no page's pixels bleed into its neighbour.
static int
paged(VipsImage *in, VipsImage **out, int page, Step step, const void *how)
{
	int n = page > 0 && in->Ysize % page == 0 ? in->Ysize / page : 1;
	if (n == 1)
		return step(in, out, how);
	VipsImage *scope = vips_image_new();
	VipsImage **part = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), n);
	VipsImage **done = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), n);
	int failed = 0;
	for (int i = 0; i < n && !failed; i++)
		failed = vips_extract_area(in, &part[i], 0, i * page, in->Xsize, page, NULL) ||
			step(part[i], &done[i], how);
	failed = failed || vips_arrayjoin(done, out, n, "across", 1, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

// A step that looks at neighbours works on premultiplied pixels: the colours that hide under
// transparency must not come out.
static int
neighbours(VipsImage **image, int page, Step step, const void *how)
{
	VipsImage *next;
	if (!vips_image_hasalpha(*image))
		return paged(*image, &next, page, step, how) ? -1 : gip_replace(image, next);
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 3);
	int failed = vips_premultiply(*image, &t[0], NULL) ||
		paged(t[0], &t[1], page, step, how) ||
		vips_unpremultiply(t[1], &t[2], NULL) ||
		to_bytes(t[2], &next);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

static int
blur(VipsImage *in, VipsImage **out, const void *how)
{
	const GipBlur *b = how;
	if (b->shrink <= 1)
		return vips_gaussblur(in, out, b->sigma, NULL);
	int width = VIPS_ROUND_UP(in->Xsize, b->shrink), height = VIPS_ROUND_UP(in->Ysize, b->shrink);
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 4);
	int failed = vips_embed(in, &t[0], 0, 0, width, height, "extend", VIPS_EXTEND_COPY, NULL) ||
		vips_shrink(t[0], &t[1], b->shrink, b->shrink, NULL) ||
		vips_gaussblur(t[1], &t[2], b->sigma, NULL) ||
		vips_resize(t[2], &t[3], b->shrink, "kernel", VIPS_KERNEL_CUBIC, NULL) ||
		vips_extract_area(t[3], out, 0, 0, in->Xsize, in->Ysize, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

int
gip_blur(VipsImage **image, int page, GipBlur how)
{
	return neighbours(image, page, blur, &how);
}

// Only lightness is sharpened; libvips wants bytes for the way to Lab.
static int
sharpen(VipsImage *in, VipsImage **out, const void *how)
{
	VipsImage *bytes;
	if (to_bytes(in, &bytes))
		return -1;
	int failed = vips_sharpen(bytes, out, "sigma", *(const double *) how, NULL);
	VIPS_UNREF(bytes);
	return failed;
}

int
gip_sharpen(VipsImage **image, int page, double sigma)
{
	return neighbours(image, page, sharpen, &sigma);
}

static int
unsharp(VipsImage *in, VipsImage **out, const void *how)
{
	const GipMask *mask = how;
	double a = mask->around;
	VipsImage *matrix = vips_image_new_matrixv(3, 3, a, a, a, a, mask->middle, a, a, a, a);
	int failed = vips_conv(in, out, matrix, "precision", VIPS_PRECISION_FLOAT, NULL);
	VIPS_UNREF(matrix);
	return failed;
}

int
gip_unsharp(VipsImage **image, int page, GipMask mask)
{
	VipsImage *next;
	if (neighbours(image, page, unsharp, &mask))
		return -1;
	return to_bytes(*image, &next) ? -1 : gip_replace(image, next);
}

// The mean of each square. What the last ones lack of a square is mirrored into them.
static int
pixelate(VipsImage *in, VipsImage **out, const void *how)
{
	int size = *(const int *) how;
	int width = VIPS_ROUND_UP(in->Xsize, size), height = VIPS_ROUND_UP(in->Ysize, size);
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 3);
	int failed = vips_embed(in, &t[0], 0, 0, width, height, "extend", VIPS_EXTEND_MIRROR, NULL) ||
		vips_shrink(t[0], &t[1], size, size, NULL) ||
		vips_zoom(t[1], &t[2], size, size, NULL) ||
		vips_extract_area(t[2], out, 0, 0, in->Xsize, in->Ysize, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

int
gip_pixelate(VipsImage **image, int page, int size)
{
	return neighbours(image, page, pixelate, &size);
}

// Three bands: grey has no colours to change.
static int
to_rgb(VipsImage **image)
{
	VipsImage *next;
	if ((*image)->Bands >= 3)
		return 0;
	return vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL) ? -1 : gip_replace(image, next);
}

// A step on the three colours as they are, whatever the alpha beside them, which stays.
static int
colours(VipsImage **image, Step step, const void *how)
{
	VipsImage *next;
	if (to_rgb(image))
		return -1;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 4);
	int failed = vips_extract_band(*image, &t[0], 0, "n", 3, NULL) ||
		step(t[0], &t[1], how) ||
		to_bytes(t[1], &t[2]);
	if (!failed && (*image)->Bands > 3)
		failed = vips_extract_band(*image, &t[3], 3, NULL) || vips_bandjoin2(t[2], t[3], &next, NULL);
	else if (!failed)
		failed = vips_copy(t[2], &next, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}

static int
recolor(VipsImage *in, VipsImage **out, const void *how)
{
	const GipRecolor *r = how;
	double ones[3] = { 1, 1, 1 };
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 2);
	t[0] = vips_image_new_matrix_from_array(3, 3, r->matrix, 9);
	int failed = !t[0] || vips_recomb(in, &t[1], t[0], NULL) ||
		vips_linear(t[1], out, ones, r->offset, 3, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

int
gip_recolor(VipsImage **image, const GipRecolor *how)
{
	return colours(image, recolor, how);
}

typedef struct {
	const void *colors;
	const GipPalette *how;
} Palette;

static int
palette(VipsImage *in, VipsImage **out, const void *how)
{
	const Palette *p = how;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 7);
	t[0] = vips_image_new_matrixv(3, 1, p->how->red, p->how->green, p->how->blue);
	t[1] = vips_image_new_from_memory_copy(p->colors, 256 * 3, 256, 1, 3, VIPS_FORMAT_UCHAR);
	int failed = !t[0] || !t[1] ||
		vips_recomb(in, &t[2], t[0], NULL) ||
		to_bytes(t[2], &t[3]) ||
		vips_maplut(t[3], &t[4], t[1], NULL) ||
		vips_linear1(t[4], &t[5], p->how->intensity, 0, NULL) ||
		vips_linear1(in, &t[6], 1 - p->how->intensity, 0, NULL) ||
		vips_add(t[6], t[5], out, NULL); // in this order, for the result is what its first input was
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

int
gip_palette(VipsImage **image, const void *colors, const GipPalette *how)
{
	Palette p = { colors, how };
	return colours(image, palette, &p);
}

// One row of coverage, 0 to 255.
typedef void (*Row)(const void *how, int width, int page, int y, VipsPel *row);

// A plane of coverage for a column of pages as tall as image.
static int
plane(VipsImage *image, int page, Row draw, const void *how, VipsImage **out)
{
	int height = page > 0 && image->Ysize % page == 0 ? page : image->Ysize;
	VipsImage *one = vips_image_new_memory();
	VipsPel *row = g_try_malloc(image->Xsize);
	vips_image_init_fields(one, image->Xsize, height, 1, VIPS_FORMAT_UCHAR,
		VIPS_CODING_NONE, VIPS_INTERPRETATION_B_W, 1, 1);
	int failed = !row || vips_image_pipelinev(one, VIPS_DEMAND_STYLE_ANY, NULL);
	for (int y = 0; y < height && !failed; y++) {
		draw(how, image->Xsize, height, y, row);
		failed = vips_image_write_line(one, y, row);
	}
	failed = failed || vips_replicate(one, out, 1, image->Ysize / height, NULL);
	if (!row)
		vips_error("gip", "out of memory");
	g_free(row);
	VIPS_UNREF(one);
	return failed ? -1 : 0;
}

static void
ramp(const void *how, int width, int page, int y, VipsPel *row)
{
	const GipOverlay *o = how;
	for (int x = 0; x < width; x++)
		row[x] = (VipsPel) rint(255 * o->opacity * VIPS_CLIP(0.0, o->x * x + o->y * y + o->at, 1.0));
}

// The colour with the plane as its alpha.
static int
layer(VipsImage *image, int page, const GipOverlay *o, VipsImage **out)
{
	double colour[3] = { o->red, o->green, o->blue };
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 3);
	int failed = plane(image, page, ramp, o, &t[0]);
	if (!failed && (t[1] = vips_image_new_from_image(t[0], colour, 3)))
		failed = vips_bandjoin2(t[1], t[0], &t[2], NULL) ||
			vips_copy(t[2], out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
	else
		failed = 1;
	VIPS_UNREF(scope);
	return failed ? -1 : 0;
}

typedef struct {
	const GipOverlay *overlay;
	int page;
} Laid;

static int
cover(VipsImage *in, VipsImage **out, const void *how)
{
	const Laid *laid = how;
	VipsImage *over;
	if (layer(in, laid->page, laid->overlay, &over))
		return -1;
	int failed = vips_composite2(in, over, out, VIPS_BLEND_MODE_OVER, NULL);
	VIPS_UNREF(over);
	return failed;
}

// What composite gives always has an alpha; one that was not there before goes again.
static int
cover_opaque(VipsImage *in, VipsImage **out, const void *how)
{
	VipsImage *covered;
	if (cover(in, &covered, how))
		return -1;
	int failed = vips_extract_band(covered, out, 0, "n", 3, NULL);
	VIPS_UNREF(covered);
	return failed;
}

int
gip_overlay(VipsImage **image, int page, const GipOverlay *overlay)
{
	Laid laid = { overlay, page };
	VipsImage *covered, *next;
	if (to_rgb(image))
		return -1;
	if (overlay->keep_alpha || !vips_image_hasalpha(*image))
		return colours(image, cover_opaque, &laid);
	if (cover(*image, &covered, &laid))
		return -1;
	int failed = to_bytes(covered, &next);
	VIPS_UNREF(covered);
	return failed ? -1 : gip_replace(image, next);
}

// How much of each pixel lies within the rounded corners.
static void
corners(const void *how, int width, int page, int y, VipsPel *row)
{
	double radius = *(const double *) how;
	double down = VIPS_MAX(0, VIPS_MAX(radius - (y + .5), y + .5 - (page - radius)));
	for (int x = 0; x < width; x++) {
		double right = VIPS_MAX(0, VIPS_MAX(radius - (x + .5), x + .5 - (width - radius)));
		double inside = radius + .5 - sqrt(right * right + down * down);
		row[x] = (VipsPel) rint(255 * VIPS_CLIP(0.0, inside, 1.0));
	}
}

int
gip_round(VipsImage **image, int page, double radius)
{
	VipsImage *next;
	VipsImage *scope = vips_image_new();
	VipsImage **t = (VipsImage **) vips_object_local_array(VIPS_OBJECT(scope), 7);
	int failed = vips_image_hasalpha(*image)
		? vips_copy(*image, &t[0], NULL)
		: vips_addalpha(*image, &t[0], NULL);
	failed = failed || plane(t[0], page, corners, &radius, &t[1]) ||
		vips_extract_band(t[0], &t[2], 0, "n", t[0]->Bands - 1, NULL) ||
		vips_extract_band(t[0], &t[3], t[0]->Bands - 1, NULL) ||
		vips_multiply(t[3], t[1], &t[4], NULL) ||
		vips_linear1(t[4], &t[5], 1.0 / 255, 0, NULL) ||
		to_bytes(t[5], &t[6]) ||
		vips_bandjoin2(t[2], t[6], &next, NULL);
	VIPS_UNREF(scope);
	return failed ? -1 : gip_replace(image, next);
}
