<?php
/**
 * Tag_Starts: an engine that tells tags from text.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Finds where the tags of a page are. Whatever only looks like one, in a comment, a script, a
 * textarea or a style sheet, is none.
 */
interface Tag_Starts {

	/**
	 * Offsets of "<" of each tag, opening or closing, in rising order.
	 *
	 * @param string $html A page, or a piece of one.
	 * @return iterable<int>
	 */
	public function of( string $html ): iterable;
}
