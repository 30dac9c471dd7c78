<?php
/**
 * File_Name: what WordPress says in the name of an image file.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Reads "photo-e1600000000000-300x200.jpg" and its kin. A name only hints: photographers too
 * call their files "poster-300x200.jpg". So what it says is used with the library's own
 * knowledge, never instead of it.
 */
final class File_Name {

	/**
	 * Width that the name says, 0 for none.
	 *
	 * @var int
	 */
	public int $width = 0;

	/**
	 * Height that the name says, 0 for none.
	 *
	 * @var int
	 */
	public int $height = 0;

	/**
	 * Name without its size and extension: what the library's sub-sizes have in common.
	 *
	 * @var string
	 */
	public string $stem = '';

	/**
	 * Stamp of the edit in the media library that made the file, "" for none.
	 *
	 * @var string
	 */
	public string $edit = '';

	/**
	 * Extension in lower case, without its dot.
	 *
	 * @var string
	 */
	public string $extension = '';

	/**
	 * Reads a name or a URL's path; what is before the last slash and after ? is ignored.
	 *
	 * @param string $url The name.
	 */
	public function __construct( string $url ) {
		// Not basename(): what that makes of bytes beyond ASCII depends on the locale.
		$name = substr( (string) strrchr( '/' . substr( $url, 0, strcspn( $url, '?#' ) ), '/' ), 1 );
		$dot  = strrpos( $name, '.' );
		if ( false === $dot ) {
			return;
		}
		$this->extension = strtolower( substr( $name, $dot + 1 ) );
		$stem            = substr( $name, 0, $dot );
		if ( 1 === preg_match( '/-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\z/', $stem, $size ) ) {
			$this->width  = (int) $size[1];
			$this->height = (int) $size[2];
			$stem         = substr( $stem, 0, -strlen( $size[0] ) );
		}
		$this->stem = $stem;
		// The editor adds the time in milliseconds; 13 digits until the year 2286.
		if ( 1 === preg_match( '/-e([0-9]{13})(?:-scaled|-rotated)?\z/', $stem, $edit ) ) {
			$this->edit = $edit[1];
		}
	}
}
