<?php
/**
 * Processor_Starts: the engine for WordPress 6.2 and later.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Asks core's own parser.
 */
final class Processor_Starts implements Tag_Starts {

	/**
	 * Tells whether this WordPress has that parser.
	 */
	public static function here(): bool {
		return class_exists( '\WP_HTML_Tag_Processor' );
	}

	/**
	 * Offsets of "<" of each tag.
	 *
	 * @param string $html A page, or a piece of one.
	 * @return iterable<int>
	 */
	public function of( string $html ): iterable {
		// Core 6.8 reads one byte past a page that ends inside the closing tag of a text, and PHP warns.
		$processor = new Bookmarked_Processor( $html . ' ' );
		while ( $processor->next_tag( array( 'tag_closers' => 'visit' ) ) ) {
			yield $processor->start();
		}
	}
}
