#include "kernel.h"

#include <math.h>

// libvips' weights for vips_reduceh, to the bit: each sum and product is in the order it
// rounds them in.

#define LOBES 3
#define PLACES 64 // between two pixels, for which there are weights

static double
lanczos(double x)
{
	if (x == 0)
		return 1;
	if (fabs(x) > LOBES)
		return 0;
	return (double) LOBES * sin(VIPS_PI * x) * sin(VIPS_PI * x / (double) LOBES) / (VIPS_PI * VIPS_PI * x * x);
}

static void
weigh(const GipKernel *k, int place, double *exact, int32_t *weights)
{
	int16_t *even = (int16_t *) weights, *odd = even + 2 * k->pairs;
	double middle = (double) place / PLACES + k->taps / 2.0 - 1;
	double sum = 0;
	for (int i = 0; i < k->taps; i++)
		sum += exact[i] = lanczos((i - middle) / k->shrink);
	even[k->taps] = odd[0] = 0;
	for (int i = 0; i < k->taps; i++)
		even[i] = odd[i + 1] = exact[i] / sum * (1 << GIP_WEIGHT_BITS);
}

// At the last place a pixel is all but the next one, which is why there is one more.
static int32_t *
weigh_all(const GipKernel *k, VipsImage *owner)
{
	int32_t *weights = VIPS_ARRAY(owner, (PLACES + 1) * 2 * k->pairs, int32_t);
	double *exact = VIPS_ARRAY(NULL, k->taps, double);
	for (int place = 0; weights && exact && place <= PLACES; place++)
		weigh(k, place, exact, weights + place * 2 * k->pairs);
	g_free(exact);
	return exact ? weights : NULL;
}

static void
begin_all(GipKernel *k, const int32_t *weights)
{
	double invented = k->width * k->shrink - k->source;
	double x = 0.5 * k->shrink - 0.5 - ((1 + invented) / 2 - 1);
	for (int i = 0; i < k->width; i++, x += k->shrink) {
		int pixel = x, halves = x * PLACES * 2;
		int place = (halves % (PLACES * 2) + 1) / 2; // the nearest
		k->first[i] = pixel / 2;
		k->weights[i] = weights + (place * 2 + pixel % 2) * k->pairs;
	}
}

// The kernel is freed with its owner; NULL when there is no memory for it.
GipKernel *
gip_kernel(VipsImage *owner, int source, double shrink)
{
	int taps = 2 * rint(LOBES * shrink) + 1;
	int width = VIPS_ROUND_UINT(source / shrink);
	GipKernel *k = VIPS_NEW(owner, GipKernel);
	if (!k)
		return NULL;
	*k = (GipKernel){ shrink, source, width, taps, (taps + 1) / 2, taps / 2,
		VIPS_ARRAY(owner, width, int), VIPS_ARRAY(owner, width, const int32_t *) };
	const int32_t *weights = weigh_all(k, owner);
	if (!k->first || !k->weights || !weights)
		return NULL;
	begin_all(k, weights);
	return k;
}
