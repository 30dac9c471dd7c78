<?php
/**
 * Tag_Reader: reads one tag as browsers do.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Reads a tag and its attributes by the HTML standard's own steps: a quote quotes only after "=",
 * a value may have none, a name may hold nearly anything. Each byte is looked at once.
 */
final class Tag_Reader {

	private const SPACE = " \t\n\f\r";

	/**
	 * The tag at an offset, or null when the page ends inside it.
	 *
	 * @param string $html  The page.
	 * @param int    $start Where "<" is, with a letter or a slash and a letter after it.
	 */
	public static function read( string $html, int $start ): ?Tag {
		$length = strcspn( $html, self::SPACE . '/>', $start + 2 ) + 1;
		$tag    = new Tag( strtolower( substr( $html, $start + 1, $length ) ) );
		$at     = $start + 1 + $length;
		while ( true ) {
			$at += strspn( $html, self::SPACE . '/', $at );
			if ( ! isset( $html[ $at ] ) ) {
				return null;
			}
			if ( '>' === $html[ $at ] ) {
				$tag->end = $at + 1;
				return $tag;
			}
			$at = self::attribute( $html, $at, $tag );
		}
	}

	/**
	 * Where a tag ends, or null when the page ends inside it.
	 *
	 * @param string $html  The page.
	 * @param int    $start Where "<" is.
	 */
	public static function end( string $html, int $start ): ?int {
		$end = strpos( $html, '>', $start );
		if ( false === $end ) {
			return null;
		}
		// Without quotes, which is most closing tags and many others, the first ">" ends it.
		if ( strcspn( $html, '"\'', $start, $end - $start ) === $end - $start ) {
			return $end + 1;
		}
		$tag = self::read( $html, $start );
		return null === $tag ? null : $tag->end;
	}

	/**
	 * Reads an attribute into the tag, and gives the offset after it. At the page's end that is its
	 * length.
	 *
	 * @param string $html The page.
	 * @param int    $at   Where its name starts.
	 * @param Tag    $tag  The tag.
	 */
	private static function attribute( string $html, int $at, Tag $tag ): int {
		// The first byte belongs to the name even if it is "=".
		$length = 1 + strcspn( $html, self::SPACE . '/>=', $at + 1 );
		$name   = strtolower( substr( $html, $at, $length ) );
		$after  = $at + $length;
		$equals = $after + strspn( $html, self::SPACE, $after );
		if ( '=' !== ( $html[ $equals ] ?? '' ) ) {
			self::keep( $tag, $name, $after, '' );
			return $after;
		}
		$start = $equals + 1 + strspn( $html, self::SPACE, $equals + 1 );
		$quote = $html[ $start ] ?? '';
		if ( '"' !== $quote && "'" !== $quote ) {
			$value = substr( $html, $start, strcspn( $html, self::SPACE . '>', $start ) );
			self::keep( $tag, $name, $start, $value );
			return $start + strlen( $value );
		}
		$end = strpos( $html, $quote, $start + 1 );
		if ( false === $end ) {
			return strlen( $html );
		}
		self::keep( $tag, $name, $start + 1, substr( $html, $start + 1, $end - $start - 1 ) );
		return $end + 1;
	}

	/**
	 * Keeps an attribute unless there is one of its name.
	 *
	 * @param Tag    $tag   The tag.
	 * @param string $name  In lower case.
	 * @param int    $start Where the value starts.
	 * @param string $value Raw.
	 */
	private static function keep( Tag $tag, string $name, int $start, string $value ): void {
		if ( ! isset( $tag->values[ $name ] ) ) {
			$tag->values[ $name ] = $value;
			$tag->starts[ $name ] = $start;
		}
	}
}
