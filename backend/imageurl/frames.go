package imageurl

import "github.com/gip4all/gip4all/backend/fault"

const (
	maxPage  = 1_000_000 // beyond every animation
	maxPages = 10_000    // of a pixel's height each would be a column as tall as any result
)

// framesOptions are pages and animations.
func framesOptions() []option {
	return []option{
		{name: "pg", also: [2]string{"page"}, most: 1, read: readPage, write: writePage, keyed: true, whole: true},
		{name: "pgs", also: [2]string{"pages"}, most: 1, read: readPages, write: writePages, keyed: true, whole: true},
		{name: "da", also: [2]string{"disable_animation"}, most: 1, read: readStill, write: writeStill, keyed: true, whole: true},
	}
}

func readPage(p *parser, args []string) (err error) {
	p.request.Options.Frames.Page, err = whole("pg", args[0], maxPage)
	return err
}

func writePage(r Request) string { return wholeText(r.Options.Frames.Page) }

func readPages(p *parser, args []string) error {
	pages, err := whole("pgs", args[0], maxPages)
	if err == nil && pages == 0 {
		err = fault.New(fault.Invalid, "pgs: %q pages are none; it is a whole number from 1 to %d", args[0], maxPages)
	}
	if pages == 1 { // the default is the zero value
		pages = 0
	}
	p.request.Options.Frames.Pages = pages
	return err
}

func writePages(r Request) string { return wholeText(r.Options.Frames.Pages) }

func readStill(p *parser, args []string) (err error) {
	p.request.Options.Frames.Still, err = flag("da", args[0])
	return err
}

func writeStill(r Request) string { return flagText(r.Options.Frames.Still) }
