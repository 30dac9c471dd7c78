<?php
/**
 * Picture: the <picture> that the rewriter is inside of.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers what a lighter first source needs to know. It is made only where no source has a
 * media condition: those are art direction, and a first source would overrule it.
 */
final class Picture {

	/**
	 * Where the picture's tag ends.
	 *
	 * @var int
	 */
	public int $end;

	/**
	 * Whether one of its sources has a media condition.
	 *
	 * @var bool
	 */
	public bool $directed = false;

	/**
	 * Takes where its tag ends.
	 *
	 * @param int $end The byte after ">".
	 */
	public function __construct( int $end ) {
		$this->end = $end;
	}

	/**
	 * The source for visitors who want to save data; its mark lets Reverser take it out again.
	 *
	 * @param string $srcset Safe in an attribute, as all that Url_Builder writes.
	 * @param string $sizes  The image's raw sizes, "" for none.
	 */
	public static function source( string $srcset, string $sizes ): string {
		$sizes = str_replace( array( '"', '<', '>' ), array( '&quot;', '&lt;', '&gt;' ), $sizes );
		return '<source data-gip4all="reduced" media="(prefers-reduced-data: reduce)" srcset="' . $srcset . '"' . ( '' === $sizes ? '' : ' sizes="' . $sizes . '"' ) . '>';
	}
}
