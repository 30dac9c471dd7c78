// Package imageurl is the grammar of image URLs: what stands after the signature, to and
// from a [Request].
//
// The promise: every Request has one canonical path. [Grammar.Parse] either fails, naming
// the token it could not accept, or gives a Request whose [Request.String] parses to the
// same Request and prints as the same path again. Nothing is guessed, skipped or repaired.
//
// It verifies no signature, fetches nothing, does not compare the expiry with a clock and
// knows no limit on results but absurdity: that is sign, source, httpapi and transform's.
//
// # Grammar
//
// Names and arguments are imgproxy's (its "processing options"), so its clients work.
//
//	path      = "/" [ stage { "-/" stage } ] source .   (* to 5 stages; "-" where Only allows it *)
//	stage     = { option "/" } .                      (* a pipeline *)
//	option    = name ":" argument { ":" argument } .
//	source    = plain | encoded | sealed .
//	plain     = "plain/" text [ "@" extension ] .     (* the only bare "@" starts the extension *)
//	encoded   = base64 { "/" base64 } [ "." extension ] .
//	sealed    = "enc/" encoded .                      (* only where Grammar.Open opens it *)
//	extension = "jpeg" | "jpg" | "png" | "webp" | "avif" | "gif" | "tiff" | "jxl" | "auto" | "best" .
//	text      = { bare | escape } .                   (* decoded once; then UTF-8 without controls or "\" *)
//	escape    = "%" hexdigit hexdigit .
//	bare      = "!" … "~", but not "%", "?", "#", "@", "\" .   (* in cb and fn: not ":" and "/" either, but "@" *)
//	base64    = (* RFC 4648 §5, joined before decoding: strict; padding left out, or complete *) .
//
//	rs, resize             = [ type ] [ ":" size ] .
//	s, size                = [ whole ] [ ":" [ whole ] [ ":" [ flag ] [ ":" [ extend ] ] ] ] .
//	rt, resizing_type      = type .                   (* fit; fill, fill-down, force, auto *)
//	w, width               = whole | "auto" .         (* 0: follow the other side; to 1000000 *)
//	h, height              = whole .
//	dpr                    = number | "auto" .        (* 1; above 0, to 8 *)
//	el, enlarge            = flag .                   (* 0 *)
//	g, gravity             = gravity .                (* ce *)
//	c, crop                = [ number ] [ ":" [ number ] [ ":" gravity ] ] .   (* none; to 1000000 *)
//	car, crop_ar, crop_aspect_ratio = number [ ":" [ flag ] ] .   (* 0: any; to 1000000 *)
//	t, trim                = [ number [ ":" [ hex ] [ ":" [ flag ] [ ":" [ flag ] ] ] ] ] .   (* none; to 255 *)
//	mw, min-width          = whole .                  (* 0; to 1000000 *)
//	mh, min-height         = whole .
//	z, zoom                = number [ ":" number ] .  (* 1; above 0, to 100 *)
//	ar, auto_rotate        = flag .                   (* 1 *)
//	rot, rotate            = whole .                  (* 0; a multiple of 90 *)
//	fl, flip               = [ flag ] [ ":" [ flag ] ] .   (* 0:0 *)
//	ex, extend             = extend .                 (* 0 *)
//	exar, extend_ar, extend_aspect_ratio = extend .   (* 0 *)
//	pd, padding            = [ whole ] [ ":" [ whole ] [ ":" [ whole ] [ ":" [ whole ] ] ] ] .   (* 0; one at least *)
//	bga, background_alpha  = number .                 (* 1; to 1 *)
//	q, quality             = whole | level .          (* 0: the format's default; to 100 *)
//	f, format, ext         = extension .              (* as the source *)
//	bg, background         = [ hex ] | byte ":" byte ":" byte .                (* none *)
//	fq, format_quality     = format ":" whole { ":" format ":" whole } .       (* none *)
//	mb, max_bytes          = whole .                  (* 0: any number; to 1000000000 *)
//	aq, autoquality        = "none" | "size:" range | "dssim" [ ":" range ] .  (* none *)
//	range                  = [ number ] [ ":" [ whole ] [ ":" [ whole ] [ ":" [ number ] ] ] ] .   (* target, which size must have; least and most quality; error. 0.02 and 0.002 *)
//	sm, strip_metadata     = flag .                   (* 1 *)
//	kcr, keep_copyright    = flag .                   (* 0 *)
//	scp, strip_color_profile = flag .                 (* 1 *)
//	eth, enforce_thumbnail = flag .                   (* read, and left out: libvips uses thumbnails by itself *)
//	skp, sp, skip_processing = [ format { ":" format } ] .                     (* none; sp is what imgproxy's client writes *)
//	raw                    = flag .                   (* 0 *)
//	pg, page               = whole .                  (* 0; to 1000000; for stills *)
//	pgs, pages             = whole .                  (* 1; from 1 to 10000; for stills *)
//	da, disable_animation  = flag .                   (* 0 *)
//	exp, expires           = whole .                  (* 0: never; seconds since 1970 *)
//	cb, cachebuster        = text .
//	ct, cache_tags         = tag { ":" tag } .                   (* at most 16, in any order *)
//	tag                    = ( "0" … "9" | "a" … "z" | "A" … "Z" | "_" | "-" | "." ) { … } .   (* at most 64 bytes *)
//	fn, filename           = text | base64 ":" flag . (* no "/", to 255 bytes *)
//	att, return_attachment = flag .                   (* 0 *)
//	fiu, fallback_image_url = [ base64 ] .            (* none; of a source; without a slash *)
//	pr, preset             = name { ":" name } .
//
//	msr, max_src_resolution = number .                (* 0: the server's, as for the next four; megapixels, to 2000 *)
//	msfs, max_src_file_size = whole .                 (* bytes, to 268435456 *)
//	maf, max_animation_frames = whole .               (* to 10000 *)
//	mafr, max_animation_frame_resolution = number .   (* megapixels, to 2000 *)
//	mrd, max_result_dimension = whole .               (* 0: any; to 1000000; a larger result is scaled down *)
//	hs, hashsum            = "none" | ( "md5" | "sha1" | "sha256" | "sha512" ) ":" hexdigits .   (* none *)
//
//	ph, placeholder        = [ "lqip" | "blurhash" | "thumbhash" | "color" | "data" ] .   (* none *)
//	fi, filter             = name .                   (* none; docs/filters.md lists them *)
//	br, brightness         = [ "-" ] whole .          (* 0; to 255 *)
//	co, contrast           = number .                 (* 1; to 100 *)
//	sa, saturation         = number .                 (* 1; to 100 *)
//	mc, monochrome         = fraction [ ":" [ hex ] ] .                        (* 0:b3b3b3 *)
//	dt, duotone            = fraction [ ":" [ hex ] [ ":" [ hex ] ] ] .        (* 0:000000:ffffff *)
//	bl, blur               = number .                 (* 0; to 100 *)
//	sh, sharpen            = number .                 (* 0; to 10 *)
//	pix, pixelate          = whole .                  (* 1; to 10000 *)
//	ush, unsharp_masking   = [ "none" | "auto" | "always" ] [ ":" [ number ] [ ":" [ number ] ] ] .   (* none; else auto:1:24; from 0.001 to 1000 *)
//	col, colorize          = fraction [ ":" [ hex ] [ ":" [ flag ] ] ] .       (* 0:000000:0 *)
//	gr, gradient           = fraction [ ":" [ hex ] [ ":" [ direction ] [ ":" [ fraction ] [ ":" [ fraction ] ] ] ] ] .   (* 0:000000:0:0:1 *)
//	rnd, round             = whole | "max" .          (* 0; to 100000 *)
//	a, adjust              = [ br ] [ ":" [ co ] [ ":" [ sa ] ] ] .
//
//	wm, watermark          = fraction [ ":" [ position ] [ ":" [ offset ] [ ":" [ offset ] [ ":" [ number ] ] ] ] ] .   (* 0:ce:0:0:0; scale to 10 *)
//	wmu, watermark_url     = [ base64 ] .             (* none; one piece *)
//	wmt, watermark_text    = [ base64 ] [ ":" [ number ] [ ":" [ hex ] [ ":" [ text ] [ ":" [ whole ] ] ] ] ] .   (* none; to 500 characters; font of 16 pixels (to 1000), colour 000000, family sans, line as wide as the result *)
//	wms, watermark_size    = [ whole ] [ ":" [ whole ] ] .   (* 0:0; without effect beside a scale *)
//	wmr, wm_rot, watermark_rotate = [ "-" ] number .  (* 0; degrees clockwise, to 360 *)
//	position               = compass | "re" | "ch" .  (* tiled; on every second field *)
//
//	direction              = "down" | "left" | "up" | "right" | number .       (* degrees clockwise, to 360 *)
//
//	type    = "fit" | "fill" | "fill-down" | "force" | "auto" .
//	gravity = compass [ ":" [ offset ] [ ":" [ offset ] ] ] | "sm" | "fp:" fraction ":" fraction .
//	compass = "ce" | "no" | "so" | "ea" | "we" | "noea" | "nowe" | "soea" | "sowe" .
//	format  = extension, but not "auto" or "best", and each only once .
//	flag    = "1" | "t" | "true" | "0" | "f" | "false" .
//	extend  = flag [ ":" gravity ] .                  (* a gravity that is not sm *)
//	hex     = 3 or 6 hexdigits .                      (* rrggbb, or rgb as in CSS *)
//	whole   = digit { digit } .
//	number  = whole [ "." whole ] .                   (* to 24 characters *)
//	offset  = [ "-" ] number .                        (* to 1000000 *)
//	fraction = number .                               (* to 1 *)
//
// The decoded source is a URL of scheme http, https (with a host and without user
// information) or local. A sealed source opens to one; it is canonically plain, like the others.
//
// "auto" is for the visitor's Client Hints to say. The width is then one in the screen's own
// pixels, which a dpr does not multiply again: [Request.Resolve].
//
// # Precedence
//
// The order of options never matters. A specific option (w) wins over a meta-option (rs, s),
// and that over a preset; among presets a later name wins over an earlier, and a preset's
// own options over those of the presets that it names. The same option twice, under
// whichever of its names, is an error, and so are rs and s that both give the same part.
// An extension is the option f: beside an explicit f it must say the same (imgproxy lets the
// extension win, but does not document it), and it wins over a preset's. A preset called
// "default" is applied to every URL, before those that the URL names. Where Grammar.OnlyPresets
// is set, the path is "/" name { ":" name } "/" source.
//
// # Pipelines
//
// Each works on the picture that the one before it made. A preset is applied to the pipeline
// in which it is named; its own further pipelines go on in the next ones, where they are
// presets to what stands there. What is said of the source or of the finished image (q, fq,
// mb, f, sm, kcr, scp, eth, skp, raw, pg, pgs, da, ph, hs, the limits, exp, cb, ct, fn and att)
// may stand in any pipeline, but only in one. A placeholder has no further pipeline.
//
// Only watermarks can be several, up to four: each wm begins the next, and wmu, wmt, wms and
// wmr are about the one begun last; before the first wm about the first. A preset counts its own
// from one, and what it says of a watermark gives way as that of any option. wmu and wmt exclude
// each other; without either, it is the node's own. Without a wm above 0 nothing is drawn.
//
// # Canonical form
//
// rs, s and pr are resolved into what they set; options stand in the order of the list
// above (fi to rnd before q), under their short names, without those that have their default (given in
// parentheses above) and without trailing defaults of arguments; flags are 1; numbers have
// their shortest decimal form; colours are rrggbb in lower case. The extension is written as
// f, and the source as plain, with exactly "%", "?", "#", "@", space and every byte that is
// not printable ASCII escaped; in cb and fn "/" and ":" are escaped as well.
//
// Beside ph, only what a placeholder can show is left: c, bg, f for lqip, and rt, w, h and g
// where they change the picture's ratio, which is all they then mean (its longer side is
// written as 100, and fill as fill-down).
//
// fiu is written without padding; beside ph it is left out.
//
// The key of [Request.Info] is "/info" and the canonical path of cb, ct and the source alone.
//
// A pipeline that asks for nothing is left out, but for the first; what is said for all of them
// stands in the first.
// [Request.FallbackKey] is "/fallback" and the key of the picture that stands in.
//
// [Request.Key] is the canonical path without exp, fn and att, which change no byte of the
// image, and with what negotiation found: "f:auto:avif+webp", "f:auto:webp", "f:auto:avif"
// or "f:auto:none", and likewise of best. Only [ParseKey] reads that form.
package imageurl
