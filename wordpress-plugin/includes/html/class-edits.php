<?php
/**
 * Edits: what to change in a page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Collects replacements in any order and makes them at once, so that all other bytes stay.
 */
final class Edits {

	/**
	 * Length and new text by offset.
	 *
	 * @var array<int, array{0: int, 1: string}>
	 */
	private array $edits = array();

	/**
	 * Replaces some bytes. Edits do not overlap.
	 *
	 * @param int    $start  Where.
	 * @param int    $length How many; 0 inserts.
	 * @param string $text   The new text.
	 */
	public function replace( int $start, int $length, string $text ): void {
		$this->edits[ $start ] = array( $length, $text );
	}

	/**
	 * The page with all edits.
	 *
	 * @param string $html The page that the offsets are of.
	 */
	public function apply( string $html ): string {
		ksort( $this->edits );
		$pieces = array();
		$at     = 0;
		foreach ( $this->edits as $start => $edit ) {
			$pieces[] = substr( $html, $at, $start - $at );
			$pieces[] = $edit[1];
			$at       = $start + $edit[0];
		}
		$pieces[] = substr( $html, $at );
		return implode( '', $pieces );
	}
}
