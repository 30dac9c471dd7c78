<?php
/**
 * Reverser: from the proxy's URLs back to the site's own.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * The safety net on save: whatever text it is given (HTML, block comments with JSON, slashed or
 * not), no URL of the proxy stays in it, and what the rewriter made becomes what it was.
 *
 * One exception: a relative address in CSS comes back absolute.
 */
final class Reverser {

	/** A byte of our URLs, or how JSON may write one: \/ and \u002d, slashed once more or not. */
	private const BYTE = '(?:[A-Za-z0-9._~:/%!$*+=-]++|\\\\{1,2}/|\\\\{1,2}u00[0-9a-fA-F]{2})';

	/**
	 * Reads URLs.
	 *
	 * @var Url_Builder
	 */
	private Url_Builder $builder;

	/**
	 * Finds the endpoint's URLs without a fragment, as a part of a pattern.
	 *
	 * @var string
	 */
	private string $url;

	/**
	 * Takes what reads URLs.
	 *
	 * @param Url_Builder $builder Reads URLs.
	 */
	public function __construct( Url_Builder $builder ) {
		$this->builder = $builder;
		$endpoint      = preg_quote( $builder->endpoint() . '/', '`' );
		$this->url     = strtr( $endpoint, array( '/' => '\\\\{0,2}/', '\-' => '(?:-|\\\\{1,2}u002d)' ) ) . self::BYTE . '++';
	}

	/**
	 * Maps every URL of the proxy in a text back.
	 *
	 * @param string $text Any text.
	 */
	public function reverse( string $text ): string {
		$back = preg_replace( array( '~<source data-gip4all=[^<>]*+>~', '`, ' . $this->url . '\\' . Variants::EXTRA . ' [0-9]++w`i' ), '', $text );
		$back = preg_replace_callback(
			'`' . $this->url . '(?:\#' . self::BYTE . '*+)?+`i',
			function ( array $found ): string {
				return $this->back( $found[0] );
			},
			$back ?? $text
		);
		// A text that PCRE gives up on stays whole: this runs when an author saves.
		return $back ?? $text;
	}

	/**
	 * Maps one URL back, in the spelling it came in.
	 *
	 * @param string $found As found in the text.
	 */
	private function back( string $found ): string {
		$json  = 1 === preg_match( '~\\\\+(?=[/u])~', $found, $slashes );
		$plain = $json ? self::from_json( $found ) : $found;
		$tail  = (string) preg_replace( '~\A.*[^.:!]~s', '', $plain );
		$parts = explode( '#', substr( $plain, 0, strlen( $plain ) - strlen( $tail ) ), 2 );
		$url   = $this->builder->source( $parts[0] );
		if ( null === $url ) {
			return $found;
		}
		$back = self::written( $url, $parts[1] ?? '' ) . $tail;
		return $json ? self::to_json( $back, $slashes[0], $found ) : $back;
	}

	/**
	 * How a URL was written, by what the fragment says.
	 *
	 * @param string $source   The source that was asked for.
	 * @param string $fragment What Variants left.
	 */
	private static function written( string $source, string $fragment ): string {
		if ( '' === $fragment || Variants::EXTRA === '#' . $fragment ) {
			return $source;
		}
		if ( '=' === $fragment[0] ) {
			return rawurldecode( substr( $fragment, 1 ) );
		}
		$path  = substr( $source, 0, strcspn( $source, '?' ) );
		$start = strrpos( $fragment, '/' );
		return substr( $path, 0, (int) strrpos( $path, '/' ) + 1 ) . rawurldecode( false === $start ? $fragment : substr( $fragment, $start + 1 ) );
	}

	/**
	 * Reads JSON's spelling of a URL.
	 *
	 * @param string $text As found.
	 */
	private static function from_json( string $text ): string {
		$text = (string) preg_replace( '~\\\\+/~', '/', $text );
		return (string) preg_replace_callback(
			'~\\\\+u00([0-9a-fA-F]{2})~',
			static function ( array $code ): string {
				return chr( (int) hexdec( $code[1] ) );
			},
			$text
		);
	}

	/**
	 * Writes a URL as the JSON around it is written. WordPress escapes the dashes of a comment's end
	 * and the ampersand in blocks, PHP the slashes.
	 *
	 * @param string $url     The URL.
	 * @param string $slashes The backslashes that were found before an escape.
	 * @param string $found   What it was found as.
	 */
	private static function to_json( string $url, string $slashes, string $found ): string {
		$code = $slashes . 'u00';
		if ( false !== stripos( $found, 'u002d' ) ) {
			$url = str_replace( array( '--', '&' ), array( $code . '2d' . $code . '2d', $code . '26' ), $url );
		}
		return false === strpos( $found, '\\/' ) ? $url : str_replace( '/', $slashes . '/', $url );
	}
}
