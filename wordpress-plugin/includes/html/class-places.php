<?php
/**
 * Places: where in a tag an image can be named.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Which attributes hold one URL, and which a srcset.
 *
 * What is not listed is left alone. A link to a file (a[href]) is the visitor's to follow. meta
 * (og:image, twitter:image, the tile of Windows) is for machines that keep the address for months,
 * compare it, and cannot negotiate a format. JSON and scripts belong to whoever wrote them.
 */
final class Places {

	/** On any tag: what lazy loaders, sliders and shops read. */
	private const URLS = array( 'data-src', 'data-lazy-src', 'data-large_image', 'data-thumb', 'data-bg', 'data-background-image' );

	/** The same, with a srcset. */
	private const SETS = array( 'data-srcset', 'data-lazy-srcset' );

	/** By tag: attributes with one URL. */
	private const URLS_OF = array(
		'img'   => array( 'src' ),
		'input' => array( 'src' ),
		'video' => array( 'poster' ),
		'image' => array( 'href', 'xlink:href' ),
	);

	/** By tag: attributes with a srcset. */
	private const SETS_OF = array(
		'img'    => array( 'srcset' ),
		'source' => array( 'srcset' ),
	);

	/**
	 * Attributes with one URL.
	 *
	 * @param Tag $tag The tag.
	 * @return string[]
	 */
	public static function urls( Tag $tag ): array {
		$own = self::URLS_OF[ $tag->name ] ?? array();
		if ( 'link' === $tag->name && self::links_image( $tag ) ) {
			$own = array( 'href' );
		}
		return array_merge( $own, self::URLS );
	}

	/**
	 * Attributes with a srcset.
	 *
	 * @param Tag $tag The tag.
	 * @return string[]
	 */
	public static function sets( Tag $tag ): array {
		$own = self::SETS_OF[ $tag->name ] ?? array();
		if ( 'link' === $tag->name && self::links_image( $tag ) ) {
			$own = array( 'imagesrcset' );
		}
		return array_merge( $own, self::SETS );
	}

	/**
	 * Tells whether a link is to an icon, or to an image that the page is about to need. One to a
	 * feed, a next page or a canonical address is not.
	 *
	 * @param Tag $tag A link.
	 */
	private static function links_image( Tag $tag ): bool {
		$kinds = preg_split( '/\s+/', strtolower( Tag::decode( $tag->values['rel'] ?? '' ) ) );
		if ( array_intersect( array( 'icon', 'apple-touch-icon', 'apple-touch-icon-precomposed' ), (array) $kinds ) ) {
			return true;
		}
		return in_array( 'preload', (array) $kinds, true ) && 'image' === strtolower( Tag::decode( $tag->values['as'] ?? '' ) );
	}
}
