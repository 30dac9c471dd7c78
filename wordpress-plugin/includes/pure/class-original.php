<?php
/**
 * Original: what the media library knows of an image.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * The picture that a file was made from, and the sizes of both.
 */
final class Original {

	/**
	 * URL of the largest file of the same picture.
	 *
	 * @var string
	 */
	public string $url;

	/**
	 * Its width.
	 *
	 * @var int
	 */
	public int $width;

	/**
	 * Its height.
	 *
	 * @var int
	 */
	public int $height;

	/**
	 * Width of the file that was asked about.
	 *
	 * @var int
	 */
	public int $file_width;

	/**
	 * Height of the file that was asked about.
	 *
	 * @var int
	 */
	public int $file_height;

	/**
	 * Takes both sizes in pixels, as they are shown (after EXIF's turn).
	 *
	 * @param string $url         The original's URL.
	 * @param int    $width       Its width.
	 * @param int    $height      Its height.
	 * @param int    $file_width  Width of the file asked about.
	 * @param int    $file_height Height of the file asked about.
	 */
	public function __construct( string $url, int $width, int $height, int $file_width, int $file_height ) {
		$this->url         = $url;
		$this->width       = $width;
		$this->height      = $height;
		$this->file_width  = $file_width;
		$this->file_height = $file_height;
	}

	/**
	 * Tells whether the file shows the whole picture, so that scaling the original gives the same.
	 * A hard crop does not. One pixel of difference is rounding, as in WordPress.
	 */
	public function whole(): bool {
		if ( min( $this->width, $this->height, $this->file_width, $this->file_height ) < 1 ) {
			return false;
		}
		if ( $this->file_width > $this->width || $this->file_height > $this->height ) {
			return false;
		}
		$height = $this->height * $this->file_width / $this->width;
		$width  = $this->width * $this->file_height / $this->height;
		return abs( $height - $this->file_height ) <= 1 || abs( $width - $this->file_width ) <= 1;
	}
}
