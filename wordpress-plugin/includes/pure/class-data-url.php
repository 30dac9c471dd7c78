<?php
/**
 * Data_Url: an image that is written out inside a page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Reads "data:image/png;base64,..." and looks at the bytes: what a URL says of its type counts for
 * nothing. SVG is refused, because it can hold scripts, and so is whatever is not an image.
 */
final class Data_Url {

	/** First bytes by type, each at its offset. */
	private const MARKS = array(
		'jpg'  => array( 0, "\xff\xd8\xff" ),
		'png'  => array( 0, "\x89PNG\r\n\x1a\n" ),
		'gif'  => array( 0, 'GIF8' ),
		'webp' => array( 8, 'WEBP' ),
		'avif' => array( 4, 'ftypavi' ),
	);

	/** Fewer pixels than this are no picture: lazy loaders hold a place with one. */
	private const LEAST = 64;

	/**
	 * The decoded image.
	 *
	 * @var string
	 */
	public string $bytes;

	/**
	 * Its file extension: jpg, png, gif, webp or avif.
	 *
	 * @var string
	 */
	public string $extension;

	/**
	 * Made by read() only.
	 *
	 * @param string $bytes     The decoded image.
	 * @param string $extension What it is.
	 */
	private function __construct( string $bytes, string $extension ) {
		$this->bytes     = $bytes;
		$this->extension = $extension;
	}

	/**
	 * Tells whether a URL says that it holds an image.
	 *
	 * @param string $url Entities decoded.
	 */
	public static function is( string $url ): bool {
		return 0 === strncasecmp( ltrim( $url ), 'data:image/', 11 );
	}

	/**
	 * Reads one, or gives null for what is no picture or too large.
	 *
	 * @param string $url  Entities decoded.
	 * @param int    $most Most bytes of the image.
	 */
	public static function read( string $url, int $most ): ?self {
		$url   = trim( $url );
		$comma = strpos( $url, ',' );
		// Four characters hold three bytes, and a few percent signs do no harm.
		if ( ! self::is( $url ) || false === $comma || strlen( $url ) > 2 * $most + 100 ) {
			return null;
		}
		if ( ';base64' !== strtolower( substr( rtrim( substr( $url, 0, $comma ) ), -7 ) ) ) {
			return null;
		}
		$bytes = base64_decode( str_replace( array( ' ', "\t", "\n", "\f", "\r" ), '', rawurldecode( substr( $url, $comma + 1 ) ) ), true );
		if ( false === $bytes || strlen( $bytes ) > $most ) {
			return null;
		}
		$extension = self::sniff( $bytes );
		return null === $extension ? null : new self( $bytes, $extension );
	}

	/**
	 * Tells what bytes are, or null for what is no picture.
	 *
	 * @param string $bytes An image, or not.
	 */
	private static function sniff( string $bytes ): ?string {
		foreach ( self::MARKS as $extension => $mark ) {
			if ( substr( $bytes, $mark[0], strlen( $mark[1] ) ) === $mark[1] ) {
				// PHP reads the size of AVIF only from 8.2 on; its mark has to do.
				$size = 'avif' === $extension ? array( 0x1000, 0x1000 ) : getimagesizefromstring( $bytes );
				return $size && $size[0] * $size[1] >= self::LEAST ? $extension : null;
			}
		}
		return null;
	}
}
