<?php
/**
 * Page: layer B, one pass over the finished page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

use Gip4all\Options;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Catches what no hook of WordPress reaches: pictures, styles, posters, what was written by hand.
 *
 * From 6.9 WordPress has a buffer for this; before, it is one of ours, of the same make. Nothing
 * in here may start another: PHP ends the request for that.
 */
final class Page {

	/**
	 * Depth of our own buffer, 0 for none.
	 *
	 * @var int
	 */
	private static int $level = 0;

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		// After redirects, and before WordPress decides whether it needs its buffer.
		add_action( 'template_redirect', array( self::class, 'begin' ), PHP_INT_MAX );
		add_action( 'wp_head', array( self::class, 'script' ), 0 );
		add_action( 'shutdown', array( self::class, 'finish' ), 0 );
		add_filter( 'the_content_feed', array( self::class, 'rewrite' ), PHP_INT_MAX );
		add_filter( 'the_excerpt_rss', array( self::class, 'rewrite' ), PHP_INT_MAX );
	}

	/**
	 * Has the page buffered, if it is to be rewritten.
	 */
	public static function begin(): void {
		if ( is_feed() || ! Guards::open() ) {
			return;
		}
		if ( function_exists( 'wp_start_template_enhancement_output_buffer' ) ) {
			add_filter( 'wp_template_enhancement_output_buffer', array( self::class, 'rewrite' ), 99 );
			return;
		}
		// Closed by finish(): WordPress has no one place where a whole page is made and ends.
		if ( ob_start( array( self::class, 'flush' ), 0, PHP_OUTPUT_HANDLER_STDFLAGS ^ PHP_OUTPUT_HANDLER_FLUSHABLE ) ) {
			self::$level = ob_get_level();
		}
	}

	/**
	 * Closes our own buffer, and those that somebody left open inside it.
	 */
	public static function finish(): void {
		while ( self::$level > 0 && ob_get_level() >= self::$level ) {
			if ( ! ob_end_flush() ) {
				break;
			}
		}
		self::$level = 0;
	}

	/**
	 * Rewrites what our own buffer holds when it ends.
	 *
	 * @param string $html  What it holds.
	 * @param int    $phase What is done to it.
	 */
	public static function flush( string $html, int $phase ): string {
		if ( 0 !== ( $phase & PHP_OUTPUT_HANDLER_CLEAN ) || ! self::is_html() ) {
			return $html;
		}
		return self::rewrite( $html );
	}

	/**
	 * Rewrites a page, or a text of a feed. Whatever goes wrong, the page goes out as it was.
	 *
	 * @param mixed $html The page.
	 * @return mixed
	 */
	public static function rewrite( $html ) {
		return Safely::call(
			static function () use ( $html ) {
				$site = is_string( $html ) && Guards::open() ? Site::current() : null;
				if ( null === $site ) {
					return $html;
				}
				$site->library->prime( $html );
				return $site->rewriter->rewrite( $html );
			},
			$html
		);
	}

	/**
	 * Puts in what shows the originals if the proxy fails while somebody is looking.
	 */
	public static function script(): void {
		if ( is_feed() || ! Guards::open() ) {
			return;
		}
		$endpoint = Options::settings()->text( 'endpoint' );
		wp_print_script_tag(
			array(
				'async'         => true,
				'src'           => plugins_url( 'assets/fallback.js', GIP4ALL_FILE ) . '?ver=' . GIP4ALL_VERSION,
				'data-endpoint' => $endpoint,
				'data-report'   => rest_url( 'gip4all/v1/report' ),
			)
		);
		$parts = (array) wp_parse_url( $endpoint );
		if ( isset( $parts['port'] ) ) {
			echo '<link rel="preconnect" href="' . esc_url( $parts['scheme'] . '://' . $parts['host'] . ':' . $parts['port'] ) . "\">\n";
		}
	}

	/**
	 * Tells whether the answer is a page.
	 */
	private static function is_html(): bool {
		foreach ( headers_list() as $header ) {
			if ( 0 === strncasecmp( $header, 'content-type:', 13 ) ) {
				return 1 === preg_match( '~\A\s*(?:text/html|application/xhtml\+xml)\s*(?:;|\z)~i', substr( $header, 13 ) );
			}
		}
		return true;
	}
}
