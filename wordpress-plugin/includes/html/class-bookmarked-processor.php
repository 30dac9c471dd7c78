<?php
/**
 * Bookmarked_Processor: core's tag processor, which tells where it is.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * The processor's own edits rewrite a whole attribute with other quotes and other escapes. So it
 * only finds the tags here, and its bookmarks say where.
 */
final class Bookmarked_Processor extends \WP_HTML_Tag_Processor {

	/**
	 * Offset of the tag it stands at.
	 */
	public function start(): int {
		$this->set_bookmark( 'here' );
		return $this->bookmarks['here']->start;
	}
}
