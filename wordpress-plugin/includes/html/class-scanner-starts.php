<?php
/**
 * Scanner_Starts: the engine for WordPress 6.1.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

defined( 'ABSPATH' ) || exit;

/**
 * Walks from "<" to "<" by the HTML standard's tokens. It looks at each byte a fixed number of
 * times, whatever the page.
 */
final class Scanner_Starts implements Tag_Starts {

	/** Elements whose content is text, whatever it looks like. */
	private const TEXT = array(
		'script'   => true,
		'style'    => true,
		'textarea' => true,
		'title'    => true,
		'iframe'   => true,
		'noembed'  => true,
		'noframes' => true,
		'xmp'      => true,
	);

	/** How those begin, in both cases: most tags do not, and need no closer look. */
	private const INITIALS = 'stinxSTINX';

	private const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

	/**
	 * Offsets of "<" of each tag.
	 *
	 * @param string $html A page, or a piece of one.
	 * @return iterable<int>
	 */
	public function of( string $html ): iterable {
		$at = strpos( $html, '<' );
		while ( false !== $at && null !== $at ) {
			$closing = '/' === ( $html[ $at + 1 ] ?? '' ) ? 1 : 0;
			$end     = $at + 1;
			if ( strspn( $html, self::LETTERS, $at + 1 + $closing, 1 ) ) {
				$end = Tag_Reader::end( $html, $at );
				if ( null !== $end && ! $closing && strspn( $html, self::INITIALS, $at + 1, 1 ) ) {
					$end = self::after_text( $html, $at, $end );
				}
				if ( null === $end ) {
					return;
				}
				yield $at;
			} elseif ( $closing || strspn( $html, '!?', $at + 1, 1 ) ) {
				$end = self::after_comment( $html, $at );
			}
			$at = null === $end ? null : strpos( $html, '<', $end );
		}
	}

	/**
	 * Where an element's text ends, if it has such, else where its tag does.
	 *
	 * @param string $html  The page.
	 * @param int    $start Where its tag starts.
	 * @param int    $end   Where its tag ends.
	 */
	private static function after_text( string $html, int $start, int $end ): ?int {
		$name = strtolower( substr( $html, $start + 1, strspn( $html, self::LETTERS, $start + 1, 10 ) ) );
		if ( ! isset( self::TEXT[ $name ] ) || ! strspn( $html, " \t\n\f\r/>", $start + 1 + strlen( $name ), 1 ) ) {
			return $end;
		}
		$closer = 'script' === $name ? self::script_end( $html, $end ) : self::closer( $html, $name, $end );
		return null === $closer ? null : Tag_Reader::end( $html, $closer );
	}

	/**
	 * Where the closing tag of an element with text is.
	 *
	 * @param string $html The page.
	 * @param string $name The element.
	 * @param int    $at   Where its text starts.
	 */
	private static function closer( string $html, string $name, int $at ): ?int {
		return 1 === preg_match( '~</' . $name . '[ \t\n\f\r/>]~i', $html, $found, PREG_OFFSET_CAPTURE, $at ) ? $found[0][1] : null;
	}

	/**
	 * Where a script ends. A script inside a comment inside it hides its own end.
	 *
	 * @param string $html The page.
	 * @param int    $at   Where its text starts.
	 */
	private static function script_end( string $html, int $at ): ?int {
		$comment = false;
		$nested  = false;
		while ( 1 === preg_match( '~<!--(?:-?>)?|-->|<(/?)script[ \t\n\f\r/>]~i', $html, $found, PREG_OFFSET_CAPTURE, $at ) ) {
			$text = $found[0][0];
			$at   = $found[0][1] + strlen( $text );
			if ( '<!' === substr( $text, 0, 2 ) ) {
				// "<!-->" opens and closes.
				$comment = '>' !== substr( $text, -1 );
				$nested  = $comment && $nested;
			} elseif ( '-->' === $text ) {
				$comment = false;
				$nested  = false;
			} elseif ( '/' === ( $found[1][0] ?? '' ) ) {
				if ( ! $nested ) {
					return $found[0][1];
				}
				$nested = false;
			} else {
				$nested = $comment;
			}
		}
		return null;
	}

	/**
	 * Where a comment ends, or what browsers take for one; null at the page's end.
	 *
	 * @param string $html The page.
	 * @param int    $at   Where "<" is.
	 */
	private static function after_comment( string $html, int $at ): ?int {
		if ( '<!--' !== substr( $html, $at, 4 ) ) {
			$end = strpos( $html, '>', $at );
			return false === $end ? null : $end + 1;
		}
		if ( 1 === preg_match( '~\G-?>~', $html, $found, 0, $at + 4 ) ) {
			return $at + 4 + strlen( $found[0] );
		}
		return 1 === preg_match( '~--!?>~', $html, $found, PREG_OFFSET_CAPTURE, $at + 4 ) ? $found[0][1] + strlen( $found[0][0] ) : null;
	}
}
