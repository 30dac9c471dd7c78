package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// sheet is the drawing: charts in two columns.
type sheet struct{ charts []chart }

// chart has x in doublings and y from 0 or, where values differ much, in powers of ten.
type chart struct {
	title, across, up string
	lines             []plotted
}

// plotted is one line of a chart. A dashed one has its legend, too.
type plotted struct {
	name   string
	colour string
	dashed bool
	paired bool // with the next or previous: one stands below the other in the legend
	xs, ys []float64
}

// Sizes of a chart, in pixels of the drawing.
const (
	chartWidth, chartHeight                  = 520.0, 340.0
	leftEdge, rightEdge, topEdge, bottomEdge = 68.0, 16.0, 40.0, 98.0
	innerWidth                               = chartWidth - leftEdge - rightEdge
	innerHeight                              = chartHeight - topEdge - bottomEdge
	keysInRow                                = 3
	logFrom                                  = 30 // times the smallest: from there powers of ten
)

// colourOf keeps a server's colour in every chart; these differ for the colour-blind as well.
func colourOf(name string) string {
	colours := map[string]string{"gip": "#0b6e4f", "imgproxy": "#c8553d", "imagor": "#5b5f97", "nginx": "#b8860b"}
	return colours[name]
}

func rateChart(title, across, up string, curves []curve) chart {
	c := chart{title: title, across: across, up: up}
	for _, each := range curves {
		line := plotted{name: each.name, colour: colourOf(each.name)}
		for _, p := range each.points {
			line.xs, line.ys = append(line.xs, p.x), append(line.ys, p.rate)
		}
		c.lines = append(c.lines, line)
	}
	return c
}

func latencyChart(title, across string, curves []curve) chart {
	c := chart{title: title, across: across, up: "ms"}
	for _, each := range curves {
		half := plotted{name: each.name + " p50", colour: colourOf(each.name), paired: true}
		most := plotted{name: each.name + " p95", colour: colourOf(each.name), dashed: true, paired: true}
		for _, p := range each.points {
			half.xs, half.ys = append(half.xs, p.x), append(half.ys, p.p50.Seconds()*1000)
			most.xs, most.ys = append(most.xs, p.x), append(most.ys, p.p95.Seconds()*1000)
		}
		c.lines = append(c.lines, half, most)
	}
	return c
}

// svg draws the sheet on a light ground of its own, so that it reads on a dark page as well.
func (s *sheet) svg() string {
	var out strings.Builder
	rows := (len(s.charts) + 1) / 2
	width, height := 2*chartWidth, float64(rows)*chartHeight
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="system-ui,sans-serif" font-size="12" fill="#222">`+"\n", width, height, width, height)
	out.WriteString("<title>Throughput and latency of gip and its peers</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fdfdfb\"/>\n")
	for i, each := range s.charts {
		fmt.Fprintf(&out, `<g transform="translate(%g %g)">`+"\n", float64(i%2)*chartWidth, float64(i/2)*chartHeight)
		each.draw(&out)
		out.WriteString("</g>\n")
	}
	out.WriteString("</svg>\n")
	return out.String()
}

func (c chart) draw(out *strings.Builder) {
	across, up := c.scales()
	fmt.Fprintf(out, `<text x="%g" y="22" font-size="14" font-weight="600">%s</text>`+"\n", leftEdge, html.EscapeString(c.title))
	for _, tick := range up.ticks {
		y := topEdge + innerHeight*(1-up.place(tick))
		fmt.Fprintf(out, `<path d="M%g %.1fH%g" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`+"\n", leftEdge, y, leftEdge+innerWidth, leftEdge-6, y+4, number(tick))
	}
	for _, tick := range across.ticks {
		x := leftEdge + innerWidth*across.place(tick)
		fmt.Fprintf(out, `<path d="M%.1f %gv5" stroke="#888"/><text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", x, topEdge+innerHeight, x, topEdge+innerHeight+19, number(tick))
	}
	fmt.Fprintf(out, `<path d="M%g %gH%g" stroke="#888"/><text x="%g" y="%g" text-anchor="middle">%s</text>`+"\n",
		leftEdge, topEdge+innerHeight, leftEdge+innerWidth, leftEdge+innerWidth/2, topEdge+innerHeight+38, html.EscapeString(c.across))
	fmt.Fprintf(out, `<text transform="translate(16 %g) rotate(-90)" text-anchor="middle">%s</text>`+"\n", topEdge+innerHeight/2, html.EscapeString(c.up))
	keys := 0
	for _, l := range c.lines {
		if len(l.xs) > 0 {
			l.draw(out, across, up)
			l.key(out, keys)
			keys++
		}
	}
}

func (l plotted) draw(out *strings.Builder, across, up scaleOf) {
	var points []string
	for i := range l.xs {
		x, y := leftEdge+innerWidth*across.place(l.xs[i]), topEdge+innerHeight*(1-up.place(l.ys[i]))
		points = append(points, fmt.Sprintf("%.1f,%.1f", x, y))
		fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, x, y, l.colour)
	}
	fmt.Fprintf(out, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"%s/>`+"\n", strings.Join(points, " "), l.colour, l.dashes())
}

// key draws the line's entry in the legend, which has two rows: p50 above p95.
func (l plotted) key(out *strings.Builder, place int) {
	x, y := leftEdge+float64(place)*innerWidth/keysInRow, chartHeight-32
	if l.paired {
		x, y = leftEdge+float64(place/2)*innerWidth/keysInRow, y+float64(place%2)*17
	}
	fmt.Fprintf(out, `<path d="M%g %gh20" stroke="%s" stroke-width="2"%s/><text x="%g" y="%g">%s</text>`+"\n", x, y-4, l.colour, l.dashes(), x+25, y, html.EscapeString(l.name))
}

func (l plotted) dashes() string {
	if l.dashed {
		return ` stroke-dasharray="5 4"`
	}
	return ""
}

// scales come from all lines together.
func (c chart) scales() (across, up scaleOf) {
	least, most := math.Inf(1), 0.0
	seen := map[float64]bool{}
	var xs []float64
	for _, l := range c.lines {
		for i, x := range l.xs {
			if !seen[x] {
				seen[x], xs = true, append(xs, x)
			}
			least, most = min(least, max(l.ys[i], 1e-3)), max(most, l.ys[i])
		}
	}
	if most > logFrom*least {
		return doublings(xs), powers(least, most)
	}
	return doublings(xs), fromZero(most)
}
