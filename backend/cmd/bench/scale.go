package main

import (
	"math"
	"slices"
	"strconv"
)

// scaleOf says where a value lies between the ends of an axis (0 … 1), and which are labelled.
type scaleOf struct {
	place func(float64) float64
	ticks []float64
}

// doublings puts 1, 2, 4, 8 … at equal distances.
func doublings(xs []float64) scaleOf {
	if len(xs) == 0 {
		xs = []float64{1}
	}
	slices.Sort(xs)
	first, last := math.Log2(xs[0]), math.Log2(xs[len(xs)-1])
	return scaleOf{ticks: xs, place: func(x float64) float64 {
		if first == last {
			return 0.5
		}
		return (math.Log2(x) - first) / (last - first)
	}}
}

// powers of ten from the one below the least value to the one above the most.
func powers(least, most float64) scaleOf {
	from, to := math.Floor(math.Log10(least)), math.Ceil(math.Log10(most))
	s := scaleOf{place: func(y float64) float64 { return (max(math.Log10(y), from) - from) / (to - from) }}
	for e := from; e <= to; e++ {
		s.ticks = append(s.ticks, math.Pow(10, e))
	}
	return s
}

// fromZero has at most seven round ticks: steps of 1, 2 or 5 times a power of ten.
func fromZero(most float64) scaleOf {
	most = max(most, 1e-3)
	step := math.Pow(10, math.Floor(math.Log10(most))-1)
	for _, coarser := range []float64{2, 2.5, 2, 2} {
		if most/step > 6 {
			step *= coarser
		}
	}
	top := math.Ceil(most/step) * step
	s := scaleOf{place: func(y float64) float64 { return y / top }}
	for n := 0.0; n*step <= top*1.0001; n++ {
		s.ticks = append(s.ticks, n*step)
	}
	return s
}

// number is a short label.
func number(value float64) string {
	if value >= 10_000 {
		return strconv.FormatFloat(value/1000, 'g', 4, 64) + "k"
	}
	return strconv.FormatFloat(value, 'g', 4, 64)
}
