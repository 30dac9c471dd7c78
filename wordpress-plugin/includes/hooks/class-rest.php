<?php
/**
 * Rest: images in what anonymous readers get from the REST API, if the owner opened it.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Goes over a finished answer: a text that is an image's URL, or that is HTML, is rewritten.
 *
 * Off by default, and never for a user or in the edit context: editors store what they read here.
 */
final class Rest {

	/** Deepest that an answer is looked into. */
	private const DEPTH = 20;

	/**
	 * Wires the hook.
	 */
	public static function start(): void {
		add_filter( 'rest_pre_echo_response', array( self::class, 'answer' ), 99, 3 );
	}

	/**
	 * Rewrites an answer.
	 *
	 * @param mixed $answer  What will be sent.
	 * @param mixed $server  The server.
	 * @param mixed $request The request.
	 * @return mixed
	 */
	public static function answer( $answer, $server = null, $request = null ) {
		return Safely::call(
			static function () use ( $answer, $request ) {
				$site = $request instanceof \WP_REST_Request && Guards::opens_rest( $request ) ? Site::current() : null;
				return $site ? self::walk( $site, $answer, self::DEPTH ) : $answer;
			},
			$answer
		);
	}

	/**
	 * Rewrites every text of a value.
	 *
	 * @param Site  $site  Rewrites.
	 * @param mixed $value Any value.
	 * @param int   $depth How deep to look.
	 * @return mixed
	 */
	private static function walk( Site $site, $value, int $depth ) {
		if ( is_string( $value ) ) {
			return self::text( $site, $value );
		}
		if ( $depth > 0 && ( is_array( $value ) || $value instanceof \stdClass ) ) {
			foreach ( $value as $name => $part ) {
				$part = 'srcset' === $name && is_string( $part ) ? self::srcset( $site, $part ) : self::walk( $site, $part, $depth - 1 );
				if ( is_array( $value ) ) {
					$value[ $name ] = $part;
				} else {
					$value->$name = $part;
				}
			}
		}
		return $value;
	}

	/**
	 * Rewrites a text.
	 *
	 * @param Site   $site Rewrites.
	 * @param string $text HTML, a URL, or anything else.
	 */
	private static function text( Site $site, string $text ): string {
		if ( false !== strpos( $text, '<' ) ) {
			$site->library->prime( $text );
			return $site->rewriter->rewrite( $text );
		}
		return $site->variants->address( $text ) ?? $text;
	}

	/**
	 * Rewrites the text of a srcset, as the Store API has them.
	 *
	 * @param Site   $site   Rewrites.
	 * @param string $srcset The srcset.
	 */
	private static function srcset( Site $site, string $srcset ): string {
		$open = '<img srcset="';
		$html = $site->rewriter->rewrite( $open . esc_attr( $srcset ) . '">' );
		return html_entity_decode( substr( $html, strlen( $open ), -2 ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
	}
}
