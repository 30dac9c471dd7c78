<?php
/**
 * Srcset: the candidates of a srcset, and where they are.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Reads a srcset by the HTML standard's steps: a URL ends at white space, not at a comma.
 */
final class Srcset {

	private const SPACE = " \t\n\f\r";

	/**
	 * The candidates: offset, raw URL, and width (0 without a descriptor in w).
	 *
	 * @param string $raw The attribute's raw value.
	 * @return array<int, array{start: int, url: string, width: int}>
	 */
	public static function read( string $raw ): array {
		$found = array();
		$at    = 0;
		while ( true ) {
			$at    += strspn( $raw, self::SPACE . ',', $at );
			$length = strcspn( $raw, self::SPACE, $at );
			if ( 0 === $length ) {
				return $found;
			}
			$word  = substr( $raw, $at, $length );
			$url   = rtrim( $word, ',' );
			$after = '';
			$start = $at;
			$at   += $length;
			if ( $url === $word ) {
				$after = substr( $raw, $at, strcspn( $raw, ',', $at ) );
				$at   += strlen( $after );
			}
			$found[] = array(
				'start' => $start,
				'url'   => $url,
				'width' => 1 === preg_match( '/\A\s+([0-9]{1,6})w\s*\z/', $after, $width ) ? (int) $width[1] : 0,
			);
		}
	}
}
