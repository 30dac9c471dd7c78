<?php
/**
 * Worker: the service worker, if the owner wants one.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Worker;

use Gip4all\Hooks\Guards;
use Gip4all\Options;
use Gip4all\Health\State;

defined( 'ABSPATH' ) || exit;

/**
 * Serves the worker's one line at the site's root, where its scope is the whole site, and puts the
 * loader into pages. No file is written for it.
 *
 * It leads images through the proxy that HTML does not name: what scripts load. A browser keeps a
 * worker for long, so it has to find its own way out: an installed one looks now and then whether
 * this site still serves it, and removes itself if not. That holds when the option is switched
 * off, when the plugin is, and when it is deleted.
 */
final class Worker {

	/** Where the worker is served. Without an extension: many servers look for *.js on disk only. */
	public const PATH = 'gip4all-worker';

	/** Seconds between two looks of an installed worker. */
	private const LOOK = 600;

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		add_action( 'parse_request', array( self::class, 'serve' ), 0 );
		add_action( 'wp_head', array( self::class, 'loader' ), 1 );
	}

	/**
	 * Tells whether visitors get a worker. Without pretty permalinks there is no path to serve it at.
	 * A proxy that is down for a while is no reason to take it away: it knows how to do without.
	 */
	public static function on(): bool {
		return Options::own( 'worker' ) && State::proven() && ! Options::own( 'off' ) && '' !== Options::settings()->text( 'site' ) && self::possible();
	}

	/**
	 * Tells whether WordPress is asked about paths that are no files.
	 */
	public static function possible(): bool {
		return '' !== (string) get_option( 'permalink_structure' );
	}

	/**
	 * Path of the worker, and so of its scope.
	 */
	public static function path(): string {
		return rtrim( (string) wp_parse_url( home_url( '/' ), PHP_URL_PATH ), '/' ) . '/' . self::PATH;
	}

	/**
	 * Answers a browser that asks for the worker.
	 */
	public static function serve(): void {
		$asked = isset( $_SERVER['REQUEST_URI'] ) ? esc_url_raw( wp_unslash( $_SERVER['REQUEST_URI'] ) ) : '';
		if ( self::path() !== (string) wp_parse_url( $asked, PHP_URL_PATH ) ) {
			return;
		}
		status_header( 200 );
		header( 'Content-Type: text/javascript; charset=utf-8' );
		header( 'Cache-Control: no-cache' );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'Service-Worker-Allowed: ' . (string) wp_parse_url( home_url( '/' ), PHP_URL_PATH ) );
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- the page caches' word.
		}
		echo self::code(); // phpcs:ignore WordPress.Security.EscapeOutput -- JavaScript, its values are JSON.
		exit;
	}

	/**
	 * What the worker runs: the shim, or its own end.
	 */
	public static function code(): string {
		if ( ! self::on() ) {
			return "self.addEventListener('install',function(){self.skipWaiting()});\n"
				. "self.addEventListener('activate',function(event){event.waitUntil(self.registration.unregister())});\n";
		}
		$setup = array(
			'endpoint' => Options::settings()->text( 'endpoint' ),
			'site'     => self::token(),
		);
		// The look listens first: whoever answers a request ends it for all who listen later.
		return '(function(){var last=0,self_url=self.location.href;'
			. 'function gone(answer){return answer.status===404||answer.status===410||(answer.ok&&!/javascript/.test(answer.headers.get("content-type")||""))}'
			. 'function look(){return fetch(self_url,{cache:"no-store",credentials:"omit"}).then(function(answer){'
			. 'return gone(answer)?true:answer.ok?answer.text().then(function(text){return text.indexOf("importScripts")<0}):false'
			. '}).then(function(leave){return leave&&self.registration.unregister()}).catch(function(){})}'
			. 'self.addEventListener("fetch",function(event){if(Date.now()-last<' . self::LOOK . '000)return;last=Date.now();event.waitUntil(look())})})();' . "\n"
			. 'self.gip=' . wp_json_encode( $setup, JSON_UNESCAPED_SLASHES ) . ';importScripts(gip.endpoint+"/gip-worker.js");' . "\n";
	}

	/**
	 * Puts the loader into a page.
	 */
	public static function loader(): void {
		if ( is_feed() || ! Guards::open() || ! self::on() ) {
			return;
		}
		wp_print_script_tag(
			array(
				'async'       => true,
				'src'         => esc_url( Options::settings()->text( 'endpoint' ) . '/gip.js' ),
				'data-site'   => self::token(),
				'data-worker' => self::path(),
			)
		);
	}

	/**
	 * The site's public name at the proxy, and the token that opens its sources.
	 */
	private static function token(): string {
		$settings = Options::settings();
		$site     = $settings->text( 'site' );
		return $site . '.' . $settings->signer()->site_token( $site, $settings->number( 'generation' ) );
	}
}
