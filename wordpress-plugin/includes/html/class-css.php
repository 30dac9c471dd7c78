<?php
/**
 * Css: the URLs of a style sheet, and where they are.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Finds url(...) in a style sheet or a style attribute, quoted or not. In an attribute a quote may
 * be written as an entity, as WordPress itself does. Comments are no concern: an image in one is
 * not loaded, and changing it changes nothing.
 */
final class Css {

	/** A quote, as a character or as an entity. */
	private const QUOTE = '"|\'|&quot;|&apos;|&#0*3[49];|&#x0*2[27];';

	/**
	 * The URLs: offset and raw text.
	 *
	 * @param string $css The style sheet.
	 * @return array<int, array{start: int, url: string}>
	 */
	public static function read( string $css ): array {
		$found = array();
		$end   = 0;
		// All openings at once: to search for each again, caseless, would read the rest each time.
		preg_match_all( '~url\([ \t\n\f\r]*+(' . self::QUOTE . ')?+[ \t\n\f\r]*+~i', $css, $opens, PREG_SET_ORDER | PREG_OFFSET_CAPTURE );
		foreach ( $opens as $open ) {
			$start = $open[0][1] + strlen( $open[0][0] );
			if ( $start < $end ) {
				continue;
			}
			$end = strpos( $css, isset( $open[1] ) ? $open[1][0] : ')', $start );
			if ( false === $end ) {
				return $found;
			}
			$found[] = array(
				'start' => $start,
				'url'   => rtrim( substr( $css, $start, $end - $start ), " \t\n\f\r" ),
			);
		}
		return $found;
	}
}
