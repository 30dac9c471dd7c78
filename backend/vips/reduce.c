#include "reduce.h"
#include "kernel.h"
#include "lanes.h"
#include "vips.h"

#include <stdlib.h>

// libvips reduces columns by SIMD, but rows only since 8.15: before, four fifths of a resize
// are spent there. These are the same rows, to the bit: sums are of integers, so their order
// does not matter.

#define ROWS 4 // are reduced together
// Times smaller at most: with more the weights are larger than many a result, and libvips
// spends its time on the columns.
#define MOST 16

// What a thread works with.
typedef struct {
	const GipKernel *kernel;
	VipsRegion *in;
	GipPairs *pixels;
	int from, to; // pairs that are in it
} Strip;

// The place of pixel x in its row, which goes on beyond its ends as it ends.
static int
within(const VipsRect *row, int x)
{
	return VIPS_CLIP(row->left, x, VIPS_RECT_RIGHT(row) - 1);
}

// A vector has a pair of each colour, and each ROWS-th vector is of this row.
static void
lay_colours(const Strip *s, const VipsPel *row, GipPairs *pixels)
{
	const VipsRect *valid = &s->in->valid;
	for (int i = s->from; i < s->to; i++, pixels += ROWS) {
		int x = 2 * i - s->kernel->reach;
		if (x >= valid->left && x + 2 < VIPS_RECT_RIGHT(valid)) { // a fourth byte is read, and not used
			*pixels = gip_pairs(row + 3 * x, row + 3 * x + 3);
			continue;
		}
		const VipsPel *a = row + 3 * within(valid, x), *b = row + 3 * within(valid, x + 1);
		*pixels = (GipPairs){ a[0], b[0], a[1], b[1], a[2], b[2] };
	}
}

// A vector has a pair of each row.
static void
lay_greys(const Strip *s, VipsPel *const row[ROWS])
{
	GipPairs *pixels = s->pixels;
	for (int i = s->from; i < s->to; i++) {
		int x = 2 * i - s->kernel->reach;
		int a = within(&s->in->valid, x), b = within(&s->in->valid, x + 1);
		*pixels++ = (GipPairs){ row[0][a], row[0][b], row[1][a], row[1][b],
			row[2][a], row[2][b], row[3][a], row[3][b] };
	}
}

static void
reduce_colours(const Strip *s, int x, VipsPel *bytes)
{
	const GipPairs *p = s->pixels + (s->kernel->first[x] - s->from) * ROWS;
	GipSums half = gip_everywhere(1 << GIP_WEIGHT_BITS >> 1);
	GipSums a = half, b = half, c = half, d = half;
	for (int i = 0; i < s->kernel->pairs; i++, p += ROWS) {
		GipPairs weights = (GipPairs) gip_everywhere(s->kernel->weights[x][i]);
		a += gip_products(p[0], weights);
		b += gip_products(p[1], weights);
		c += gip_products(p[2], weights);
		d += gip_products(p[3], weights);
	}
	gip_bytes(a >> GIP_WEIGHT_BITS, b >> GIP_WEIGHT_BITS, c >> GIP_WEIGHT_BITS, d >> GIP_WEIGHT_BITS, bytes);
}

static void
reduce_greys(const Strip *s, int x, VipsPel *bytes)
{
	const GipPairs *p = s->pixels + s->kernel->first[x] - s->from;
	GipSums sums = gip_everywhere(1 << GIP_WEIGHT_BITS >> 1);
	for (int i = 0; i < s->kernel->pairs; i++)
		sums += gip_products(p[i], (GipPairs) gip_everywhere(s->kernel->weights[x][i]));
	sums >>= GIP_WEIGHT_BITS;
	gip_bytes(sums, sums, sums, sums, bytes);
}

static void
reduce_colour_rows(const Strip *s, VipsPel *const in[ROWS], VipsPel *const out[ROWS], const VipsRect *to)
{
	for (int y = 0; y < ROWS; y++)
		lay_colours(s, in[y], s->pixels + y);
	for (int x = 0; x < to->width; x++) {
		VipsPel bytes[4 * ROWS];
		reduce_colours(s, to->left + x, bytes);
		for (int y = 0; y < ROWS; y++)
			memcpy(out[y] + 3 * x, bytes + 4 * y, 3);
	}
}

static void
reduce_grey_rows(const Strip *s, VipsPel *const in[ROWS], VipsPel *const out[ROWS], const VipsRect *to)
{
	lay_greys(s, in);
	for (int x = 0; x < to->width; x++) {
		VipsPel bytes[4 * ROWS];
		reduce_greys(s, to->left + x, bytes);
		for (int y = 0; y < ROWS; y++)
			out[y][x] = bytes[y];
	}
}

static void
reduce_rows(const Strip *s, VipsRegion *out, int top)
{
	const VipsRect *to = &out->valid;
	int bands = out->im->Bands, left = s->in->valid.left;
	VipsPel *in_rows[ROWS], *out_rows[ROWS];
	for (int i = 0; i < ROWS; i++) { // where rows are missing, the last is made again
		int y = VIPS_MIN(top + i, VIPS_RECT_BOTTOM(to) - 1);
		in_rows[i] = VIPS_REGION_ADDR(s->in, left, y) - left * bands;
		out_rows[i] = VIPS_REGION_ADDR(out, to->left, y);
	}
	(bands == 3 ? reduce_colour_rows : reduce_grey_rows)(s, in_rows, out_rows, to);
}

static int
generate(VipsRegion *out, void *strip, void *in, void *kernel, gboolean *stop)
{
	const GipKernel *k = kernel;
	const VipsRect *to = &out->valid;
	Strip *s = strip;
	s->from = k->first[to->left];
	s->to = k->first[VIPS_RECT_RIGHT(to) - 1] + k->pairs;
	VipsRect all = { 0, 0, k->source, out->im->Ysize };
	VipsRect wanted = { 2 * s->from - k->reach, to->top, 2 * (s->to - s->from), to->height };
	vips_rect_intersectrect(&wanted, &all, &wanted);
	if (vips_region_prepare(s->in, &wanted))
		return -1;
	for (int y = 0; y < to->height; y += ROWS)
		reduce_rows(s, out, to->top + y);
	return 0;
}

static int
stop(void *strip, void *in, void *kernel)
{
	Strip *s = strip;
	VIPS_UNREF(s->in);
	free(s->pixels);
	g_free(s);
	return 0;
}

static void *
start(VipsImage *out, void *in, void *kernel)
{
	const GipKernel *k = kernel;
	Strip *s = g_new0(Strip, 1);
	size_t most = k->first[k->width - 1] + k->pairs;
	s->kernel = k;
	s->in = vips_region_new(in);
	if (s->in && !posix_memalign((void **) &s->pixels, sizeof(GipPairs), sizeof(GipPairs) * ROWS * most))
		return s;
	vips_error("gip_reduce", "out of memory");
	stop(s, in, kernel);
	return NULL;
}

// in is let go of with the result, or at once.
static VipsImage *
reduce_width(VipsImage *in, double shrink)
{
	VipsImage *out = vips_image_new();
	vips_object_local(out, in);
	GipKernel *kernel = gip_kernel(out, in->Xsize, shrink);
	if (kernel && !vips_image_pipelinev(out, VIPS_DEMAND_STYLE_THINSTRIP, in, NULL)) {
		out->Xsize = kernel->width;
		if (!vips_image_generate(out, start, generate, stop, in, kernel))
			return out;
	}
	VIPS_UNREF(out);
	return NULL;
}

int
gip_rows_are_slow(void)
{
	return vips_version(0) == 8 && vips_version(1) < 15;
}

// Whether gip_reduce can do it.
int
gip_reduces(const VipsImage *image, int width, int height)
{
	return (image->Bands == 1 || image->Bands == 3) && image->BandFmt == VIPS_FORMAT_UCHAR &&
		width < image->Xsize && width * MOST >= image->Xsize && height <= image->Ysize;
}

// What vips_resize makes without a gap. The columns come first, and are libvips' own.
int
gip_reduce(VipsImage **image, int width, int height)
{
	VipsImage *columns, *next;
	double across = (double) width / (*image)->Xsize, down = (double) height / (*image)->Ysize;
	if (down == 1)
		g_object_ref(columns = *image);
	else if (vips_reducev(*image, &columns, 1 / down, NULL))
		return -1;
	next = reduce_width(columns, 1 / across);
	return next ? gip_replace(image, next) : -1;
}
