#ifndef GIP_LANES_H
#define GIP_LANES_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// What of a reduction the processor does in one go, in vectors that GCC and Clang know
// everywhere. On amd64 it takes an instruction or two of SSE2, which each amd64 has.

// Four lanes of two numbers that lie beside each other.
typedef int16_t GipPairs __attribute__((vector_size(16)));
typedef int32_t GipSums __attribute__((vector_size(16)));

static inline GipSums
gip_everywhere(int32_t number)
{
	return (GipSums){ number, number, number, number };
}

#ifdef __SSE2__

// In each lane the products of both numbers, added up.
static inline GipSums
gip_products(GipPairs a, GipPairs b)
{
	return (GipSums) _mm_madd_epi16((__m128i) a, (__m128i) b);
}

// Four bytes from each side, in pairs.
static inline GipPairs
gip_pairs(const uint8_t *left, const uint8_t *right)
{
	int32_t l, r;
	memcpy(&l, left, sizeof(l));
	memcpy(&r, right, sizeof(r));
	__m128i bytes = _mm_unpacklo_epi8(_mm_cvtsi32_si128(l), _mm_cvtsi32_si128(r));
	return (GipPairs) _mm_unpacklo_epi8(bytes, _mm_setzero_si128());
}

// As bytes, of which 0 and 255 stand for what is beyond them.
static inline void
gip_bytes(GipSums a, GipSums b, GipSums c, GipSums d, uint8_t *bytes)
{
	__m128i first = _mm_packs_epi32((__m128i) a, (__m128i) b);
	__m128i second = _mm_packs_epi32((__m128i) c, (__m128i) d);
	_mm_storeu_si128((__m128i *) bytes, _mm_packus_epi16(first, second));
}

#else

static inline GipSums
gip_products(GipPairs a, GipPairs b)
{
	GipSums x = (GipSums) a, y = (GipSums) b;
	return (x << 16 >> 16) * (y << 16 >> 16) + (x >> 16) * (y >> 16);
}

static inline GipPairs
gip_pairs(const uint8_t *left, const uint8_t *right)
{
	return (GipPairs){ left[0], right[0], left[1], right[1], left[2], right[2], left[3], right[3] };
}

static inline void
gip_bytes(GipSums a, GipSums b, GipSums c, GipSums d, uint8_t *bytes)
{
	const GipSums all[4] = { a, b, c, d };
	for (int i = 0; i < 16; i++) {
		int32_t sum = all[i / 4][i % 4];
		bytes[i] = sum < 0 ? 0 : sum > 255 ? 255 : sum;
	}
}

#endif
#endif
