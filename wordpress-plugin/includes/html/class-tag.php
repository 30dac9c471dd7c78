<?php
/**
 * Tag: one tag of a page, and where its parts are.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Offsets into the page's bytes, so that an edit touches only what it means.
 */
final class Tag {

	/**
	 * Name in lower case, with a slash in front for a closing tag.
	 *
	 * @var string
	 */
	public string $name;

	/**
	 * Where the tag ends: the byte after ">".
	 *
	 * @var int
	 */
	public int $end;

	/**
	 * Raw values by lower-case name; of two with one name the first counts, as in browsers.
	 *
	 * @var array<string, string>
	 */
	public array $values = array();

	/**
	 * Where each raw value starts.
	 *
	 * @var array<string, int>
	 */
	public array $starts = array();

	/**
	 * Takes its name.
	 *
	 * @param string $name In lower case.
	 */
	public function __construct( string $name ) {
		$this->name = $name;
	}

	/**
	 * Decodes what an attribute's raw value, or a part of it, means.
	 *
	 * @param string $raw As in the page.
	 */
	public static function decode( string $raw ): string {
		return false === strpos( $raw, '&' ) ? $raw : html_entity_decode( $raw, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
	}

	/**
	 * All decoded values by name.
	 *
	 * @return array<string, string>
	 */
	public function decoded(): array {
		return array_map( array( self::class, 'decode' ), $this->values );
	}
}
