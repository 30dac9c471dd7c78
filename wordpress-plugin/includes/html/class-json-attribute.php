<?php
/**
 * Json_Attribute: images in the JSON that a shop keeps in an attribute.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

use Gip4all\Pure\Variants;

defined( 'ABSPATH' ) || exit;

/**
 * A shop writes the variations of a product as JSON into data-product_variations, and its script
 * puts their images into the page. Only the values of known names change, where they stand, in the
 * spelling around them; "url", which links to the file, is none of them.
 */
final class Json_Attribute {

	/** Attributes with such JSON. */
	public const NAMES = array( 'data-product_variations' );

	/** Names of one URL, then the name of a srcset. */
	private const KEYS = 'src|gallery_thumbnail_src|thumb_src|full_src|srcset';

	/**
	 * Gives the proxy's URLs.
	 *
	 * @var Variants
	 */
	private Variants $variants;

	/**
	 * Takes what gives URLs.
	 *
	 * @param Variants $variants Gives the proxy's URLs.
	 */
	public function __construct( Variants $variants ) {
		$this->variants = $variants;
	}

	/**
	 * Where such attributes are, in any order.
	 *
	 * @param string $html HTML.
	 * @return int[]
	 */
	public static function places( string $html ): array {
		$places = array();
		foreach ( self::NAMES as $name ) {
			for ( $at = strpos( $html, $name ); false !== $at; $at = strpos( $html, $name, $at + 1 ) ) {
				$places[] = $at;
			}
		}
		return $places;
	}

	/**
	 * Changes JSON, as it is or with entities.
	 *
	 * @param string $raw The JSON.
	 */
	public function rewrite( string $raw ): string {
		$done = preg_replace_callback(
			'~("|&quot;)(' . self::KEYS . ')\1(\s*+:\s*+)\1((?:[^"&\\\\]++|\\\\(?:[^&]|&(?!quot;))|&(?!quot;))*+)\1~s',
			function ( array $pair ): string {
				list( $all, $quote, $key, $colon, $text ) = $pair;

				$new = $this->value( 'srcset' === $key, $text, '"' !== $quote );
				return null === $new ? $all : $quote . $key . $quote . $colon . $quote . $new . $quote;
			},
			$raw
		);
		return $done ?? $raw;
	}

	/**
	 * Changes one value; null where it is not ours.
	 *
	 * @param bool   $is_set  Whether it is a srcset.
	 * @param string $text    As it stands between its quotes.
	 * @param bool   $encoded Whether it has entities.
	 */
	private function value( bool $is_set, string $text, bool $encoded ): ?string {
		$url = json_decode( '"' . ( $encoded ? Tag::decode( $text ) : $text ) . '"' );
		if ( ! is_string( $url ) ) {
			return null;
		}
		$new = $is_set ? $this->set( $url ) : $this->variants->address( $url );
		if ( null === $new ) {
			return null;
		}
		$new = substr( (string) json_encode( $new, false === strpos( $text, '\\/' ) ? JSON_UNESCAPED_SLASHES : 0 ), 1, -1 );
		return $encoded ? htmlspecialchars( $new, ENT_QUOTES, 'UTF-8' ) : $new;
	}

	/**
	 * Changes a srcset; null where nothing in it is ours.
	 *
	 * @param string $set The srcset.
	 */
	private function set( string $set ): ?string {
		$edits   = new Edits();
		$changed = false;
		foreach ( Srcset::read( $set ) as $candidate ) {
			$new = $this->variants->address( $candidate['url'] );
			if ( null !== $new ) {
				$changed = true;
				$edits->replace( $candidate['start'], strlen( $candidate['url'] ), $new );
			}
		}
		return $changed ? $edits->apply( $set ) : null;
	}
}
