<?php
/**
 * Slow_Pages: pages made to be slow.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

/**
 * Pieces that a careless parser reads again and again when they are repeated. The tests look at
 * what becomes of such pages, the bench at how long it takes.
 */
final class Slow_Pages {

	/**
	 * Pieces to repeat, and what comes last.
	 *
	 * @param string $up URL of the upload folder.
	 * @return array<string, array{string, string}>
	 */
	public static function pieces( string $up ): array {
		$image = '<img src="' . $up . 'photo.jpg">';
		return array(
			'comments'        => array( '<!--', $image ),
			'quotes'          => array( '<a "', $image ),
			'open values'     => array( '<a b="', $image ),
			'tags'            => array( '<a ', $image ),
			'slashes'         => array( '</', $image ),
			'scripts'         => array( '<script>', $image ),
			'styles'          => array( '<style></style>', $image ),
			'urls'            => array( 'url(', "<p style='url(" . $up . "photo.jpg)'>" ),
			'urls in a style' => array( 'x', '<style>' . str_repeat( 'url("', 3000 ) . $up . 'photo.jpg</style>' ),
			'commas'          => array( '<img srcset="' . $up . 'a.jpg,,,,,">', $image ),
			'pictures'        => array( '<picture>', $image ),
			'marks'           => array( '/blog/wp-content/uploads/', $image ),
		);
	}

	/**
	 * Pieces for the way back.
	 *
	 * @return string[]
	 */
	public static function backs(): array {
		return array( Stage::ENDPOINT . '/', '<source data-gip4all=', ', ' . Stage::ENDPOINT . '/a#', 'a', '\\/', '\\u002d' );
	}
}
