package likeness

// block is the step of the windows, each of two blocks a side.
const block = 4

// moments are the sums over one block from which means, variances and covariance follow.
type moments struct{ a, b, aa, bb, ab int32 }

func (m moments) plus(n moments) moments {
	return moments{m.a + n.a, m.b + n.b, m.aa + n.aa, m.bb + n.bb, m.ab + n.ab}
}

// ssim is the mean structural similarity (Wang et al., 2004) over windows of 8 × 8 that
// overlap by half. Both planes are padded and of one size.
func ssim(a, b plane) float64 {
	across, down := a.width/block, a.height/block
	above, here := make([]moments, across), make([]moments, across)
	sum := 0.0
	for row := range down {
		fill(here, a, b, row*block)
		if row > 0 {
			for i := 1; i < across; i++ {
				sum += above[i-1].plus(above[i]).plus(here[i-1]).plus(here[i]).ssim()
			}
		}
		above, here = here, above
	}
	return sum / float64((across-1)*(down-1))
}

func fill(row []moments, a, b plane, top int) {
	clear(row)
	for y := top; y < top+block; y++ {
		u, v := a.values[y*a.width:][:a.width], b.values[y*b.width:][:a.width]
		for i := range row {
			m := &row[i]
			for x := i * block; x < (i+1)*block; x++ {
				p, q := int32(u[x]), int32(v[x])
				m.a, m.b, m.aa, m.bb, m.ab = m.a+p, m.b+q, m.aa+p*p, m.bb+q*q, m.ab+p*q
			}
		}
	}
}

// ssim of one window; the constants are the paper's, for values to 255.
func (m moments) ssim() float64 {
	const n, c1, c2 = 4 * block * block, 6.5025, 58.5225 // (0.01 × 255)², (0.03 × 255)²
	meanA, meanB := float64(m.a)/n, float64(m.b)/n
	varA, varB := float64(m.aa)/n-meanA*meanA, float64(m.bb)/n-meanB*meanB
	cov := float64(m.ab)/n - meanA*meanB
	return (2*meanA*meanB + c1) * (2*cov + c2) / ((meanA*meanA + meanB*meanB + c1) * (varA + varB + c2))
}
