import { changes, declined, header, holds, keeps, original, pictured, sized, unknown, type Row } from './outcome.ts'
import { COPYRIGHT } from './sources.ts'

/** 300 × 300 with bars above and below, which a background can paint. */
const BARRED = { width: 300, height: 300, extend: { extend: true } }
const JPEG = { width: 300, format: 'jpg' }
const turned = { source: 'turned.jpg' } as const
const moving = { source: 'moving.gif', beside: {} } as const
const LOGO = 'bG9jYWw6Ly8vdHVybmVkLmpwZw' // local:///turned.jpg
const detector = { class_names: ['face'] }

/**
 * Every option that imgproxy's client knows, and how gip must answer. An option that the client
 * gains fails the test until it has a row; docs/imgproxy.md must agree with `unknown` and the rest.
 */
export const TABLE: readonly Row[] = [
  // Size
  sized('resize rs', { resizing_type: 'fill', width: 200, height: 200 }, '200x200'),
  sized('resize rs', { resizing_type: 'fit', width: 1800, height: 1800, enlarge: true }, '1800x1200'),
  sized('size s', { width: 300, height: 300 }, '300x200'),
  sized('resizing_type rt', 'fit', '150x100', { width: 300, height: 100 }),
  sized('resizing_type rt', 'fill', '300x100', { width: 300, height: 100 }),
  sized('resizing_type rt', 'fill-down', '900x300', { width: 1800, height: 600 }),
  sized('resizing_type rt', 'force', '300x100', { width: 300, height: 100 }),
  sized('resizing_type rt', 'auto', '300x100', { width: 300, height: 100 }),
  sized('width w', 300, '300x200'),
  sized('height h', 300, '450x300'),
  // As imgproxy warns: what the minimum makes larger is then cut to the width.
  sized('min_width mw', 300, '100x200', { width: 100 }),
  sized('min_height mh', 300, '100x300', { width: 100 }),
  sized('min_width mw', 300, '300x100', { height: 100 }),
  sized('zoom z', 2, '600x400', { width: 300 }),
  sized('zoom z', { zoom_x: 2, zoom_y: 1 }, '600x200', { width: 300 }),
  sized('dpr', 2, '600x400', { width: 300 }),
  sized('enlarge el', true, '1200x800', { width: 1200 }),
  sized('enlarge el', false, '900x600', { width: 1200 }),
  sized('extend ex', { extend: true, gravity: { type: 'no' } }, '300x300', { width: 300, height: 300 }),
  sized('extend_aspect_ratio exar extend_ar', { extend: true, gravity: { type: 'so' } }, '900x900', { width: 1200, height: 1200 }),
  changes('gravity g', { type: 'soea' }, { resize: { resizing_type: 'fill', width: 100, height: 300 } }),
  changes('gravity g', { type: 'no', x_offset: 20, y_offset: 10 }, { crop: { width: 100, height: 100 } }),
  changes('gravity g', { type: 'fp', x: 0.1, y: 0.9 }, { resize: { resizing_type: 'fill', width: 100, height: 300 } }),
  sized('gravity g', { type: 'sm' }, '100x300', { resize: { resizing_type: 'fill', width: 100, height: 300 } }),
  declined('gravity g', { type: 'obj', class_names: ['face'] }, /obj/),
  declined('gravity g', { type: 'objw', class_weights: [{ class: 'face', weight: 2 }] }, /objw/),
  sized('crop c', { width: 200, height: 100 }, '200x100'),
  sized('crop c', { width: 0.5, height: 0.5, gravity: { type: 'nowe' } }, '450x300'),
  sized('crop_aspect_ratio crop_ar car', { aspect_ratio: 1 }, '600x600'),
  sized('trim t', { threshold: 10, equal_hor: true, equal_ver: true }, '900x600'),
  sized('padding pd', { top: 10, right: 20, bottom: 30, left: 40 }, '360x240', { width: 300 }),
  sized('padding pd', 10, '320x220', { width: 300 }),
  sized('auto_rotate ar', true, '300x450', { width: 300 }, 'turned.jpg'),
  sized('auto_rotate ar', false, '300x200', { width: 300 }, 'turned.jpg'),
  sized('rotate rot', 90, '300x450', { width: 300 }),
  changes('flip fl', { horizontal: true, vertical: true }),

  // Look
  changes('background bg', 'ff0000', BARRED),
  changes('background bg', { r: 255, g: 0, b: 0 }, BARRED),
  changes('background_alpha bga', 0.5, { ...BARRED, background: 'ff0000' }),
  changes('adjust a', { brightness: 20 }),
  changes('adjust a', { brightness: 20, contrast: 1.2, saturation: 0.5 }),
  changes('brightness br', -20),
  changes('contrast co', 1.5),
  changes('saturation sa', 0.5),
  changes('monochrome mc', { intensity: 1, color: 'b3b3b3' }),
  changes('duotone dt', { intensity: 1, color1: '000080', color2: 'ffc040' }),
  changes('blur bl', 3),
  changes('sharpen sh', 2, { crop: { width: 200, height: 200 } }),
  changes('pixelate pix', 10),
  changes('unsharp_masking ush', { mode: 'always', weight: 2, divider: 10 }),
  changes('colorize col', { opacity: 0.5, color: 'ff0000', keepAlpha: true }),
  changes('gradient gr', { opacity: 1, color: '000', direction: 'up', start: 0.2, stop: 0.8 }),
  unknown('progressive_blur pbl', { sigma: 5, direction: 'down' }),
  unknown('blur_areas ba', { sigma: 5, areas: [{ left: 0.1, top: 0.1, width: 0.2, height: 0.2 }] }),
  unknown('blur_detections bd', { sigma: 5, ...detector }),
  unknown('draw_detections dd', { draw: true, ...detector }),
  unknown('crop_objects c_obj', { scale_factor: 1.5, ...detector }),
  unknown('objects_position obj_pos op', { type: 'prop' }),
  unknown('style stl', 'cmVjdHtmaWxsOnJlZH0'),

  // Marks
  changes('watermark wm', { opacity: 0.5, position: 'soea', x_offset: 10, y_offset: 10, scale: 0.2 }, { watermark_url: LOGO }),
  changes('watermark_url wmu', LOGO, { watermark: { opacity: 0.5, scale: 0.2 } }),
  changes('watermark_text wmt', 'R2lw', { watermark: { opacity: 0.5 } }),
  changes('watermark_size wms', { width: 50, height: 0 }, { watermark: { opacity: 0.5 }, watermark_url: LOGO }),
  // The client does not know it.
  changes('wild_options', [['wmr', 30]], { watermark: { opacity: 0.5, scale: 0.2 } }),
  changes('wild_options', [['wm', 1, 'noea', 0, 0, 0.1], ['wm', 1, 'sowe', 0, 0, 0.1]], { width: 300 }),
  unknown('watermark_shadow wmsh', 2, { watermark: { opacity: 0.5 } }),

  // Output
  changes('quality q', 20, JPEG),
  changes('format_quality fq', [{ format: 'jpg', quality: 20 }], JPEG),
  pictured('max_bytes mb', 5000, { type: 'image/jpeg', size: '300x200', most: 5000 }, { beside: JPEG }),
  pictured('format f ext', 'png', { type: 'image/png', size: '300x200' }),
  pictured('format f ext', 'jpg', { type: 'image/jpeg', size: '300x200' }),
  pictured('format f ext', 'webp', { type: 'image/webp', size: '300x200' }),
  pictured('format f ext', 'gif', { type: 'image/gif', size: '300x200' }),
  pictured('format f ext', 'avif', { type: 'image/avif' }),
  pictured('format f ext', 'tiff', { type: 'image/tiff' }),
  pictured('format f ext', 'jxl', { type: 'image/jxl' }),
  pictured('format f ext', 'best', { size: '300x200' }),
  ...['ico', 'svg', 'bmp', 'mp4', 'pdf'].map((format) => declined('format f ext', format, new RegExp(format))),
  holds('strip_metadata sm', false, (body) => body.includes(COPYRIGHT), turned),
  keeps('strip_metadata sm', true, turned),
  holds('keep_copyright kcr', true, (body) => body.includes(COPYRIGHT), turned),
  keeps('strip_color_profile scp', true),
  keeps('enforce_thumbnail eth', true),
  // imgproxy documents skp; sp is only its client's.
  original('skip_processing sp', ['png']),
  original('raw', true),
  changes('autoquality aq', { method: 'dssim', target: 0.02, min_quality: 40, max_quality: 90, allowed_error: 0.01 }, JPEG),
  unknown('jpeg_options jpgo', { progressive: true, quant_table: 3 }),
  unknown('png_options pngo', { interlaced: true, quantize: true, quantization_colors: 64 }),
  unknown('webp_options webpo', { compression: 'near_lossless', smart_subsample: true, preset: 'photo' }),
  unknown('avif_options avifo', 'on'),
  unknown('resizing_algorithm ra', 'cubic'),
  unknown('dpi', 96),
  unknown('color_profile cp icc', 'cmyk'),
  // imgproxy's short name of it is ours for placeholders, of which "t" is none.
  declined('preserve_hdr ph', true, /ph/),

  // Frames and pages
  pictured('disable_animation da', true, { type: 'image/gif', frames: 1 }, moving),
  pictured('disable_animation da', false, { type: 'image/gif', frames: 2 }, moving),
  pictured('page pg', 1, { size: '1x1', frames: 1 }, { ...moving, beside: { disable_animation: true } }),
  pictured('pages pgs', 2, { size: '1x2', frames: 1 }, { ...moving, beside: { disable_animation: true } }),
  unknown('video_thumbnail_second vts', 3),
  unknown('video_thumbnail_keyframes vtk', true),
  unknown('video_thumbnail_tile vtt', { step: 1, columns: 2, rows: 2, tile_width: 50, tile_height: 50 }),
  unknown('video_thumbnail_animation vta', { step: 1, delay: 100, frames: 5, frame_width: 50, frame_height: 50 }),

  // Delivery
  keeps('cachebuster cb', 'two'),
  keeps('expires exp', 4102444800),
  declined('expires exp', 1, /expired/, 404),
  header('filename fn', { name: 'cat' }, 'content-disposition', /filename="?cat\.png"?$/),
  header('filename fn', { name: 'Y2F0', encoded: true }, 'content-disposition', /filename="?cat\.png"?$/),
  header('return_attachment att', true, 'content-disposition', /^attachment/),
  sized('preset pr', ['square'], '120x120'),
  sized('wild_options', [['rs', 'fill', 120, 120]], '120x120'),
  // Nor these two: pipelines one after the other, and what the source must be.
  sized('wild_options', [['w', 300], ['pd', 10], ['-'], ['rs', 'fill', 100, 50], ['-'], ['rot', 90]], '50x100'),
  declined('wild_options', [['hs', 'md5', '0'.repeat(32)]], /md5 is not the one/, 422),
  keeps('fallback_image_url fiu', LOGO),
  unknown('bypass_cache bc', true),
  header('cache_tags ct', ['one', 'two'], 'cache-tag', /^one,two$/),

  // Limits
  keeps('max_src_resolution msr', 50),
  declined('max_src_resolution msr', 0.1, /540000|megapixel|pixels/, 413),
  keeps('max_src_file_size msfs', 50_000_000),
  declined('max_src_file_size msfs', 100, /100 bytes/, 413),
  // It counts where frames are made: what is not to be changed is passed on.
  pictured('max_animation_frames maf', 1, { type: 'image/gif', size: '2x2', frames: 1 }, { ...moving, beside: { width: 2, enlarge: true } }),
  keeps('max_animation_frame_resolution mafr', 5),
  sized('max_result_dimension mrd', 100, '100x67', { width: 300 }),
]
