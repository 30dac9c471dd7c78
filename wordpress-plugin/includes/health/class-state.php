<?php
/**
 * State: whether the proxy is trusted with the site's images at this moment.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Health;

use Gip4all\Options;
use Gip4all\Purge\Page_Caches;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers the last check. Images go through the proxy only if a test of these very settings
 * passed once, and the last check did not fail.
 */
final class State {

	public const NAME = 'gip4all_state';

	/** Seconds between checks of a proxy that works. */
	private const OFTEN = 300;

	/** Seconds until the first check after a failure; each further failure doubles it. */
	private const RETRY = 60;

	/** Most seconds between two checks. */
	private const RARELY = 3600;

	/** What is known before the first check. */
	private const EMPTY = array(
		'tested'  => '',
		'up'      => false,
		'fails'   => 0,
		'checked' => 0,
		'next'    => 0,
		'since'   => 0,
		'kind'    => '',
		'detail'  => '',
	);

	/**
	 * What is known.
	 *
	 * @return array{tested: string, up: bool, fails: int, checked: int, next: int, since: int, kind: string, detail: string}
	 */
	public static function get(): array {
		$stored = get_option( self::NAME, array() );
		return array_merge( self::EMPTY, array_intersect_key( is_array( $stored ) ? $stored : array(), self::EMPTY ) );
	}

	/**
	 * Tells whether images go through the proxy.
	 */
	public static function on(): bool {
		return self::proven() && self::get()['up'] && ! Options::own( 'off' );
	}

	/**
	 * Tells whether these settings passed a test once.
	 */
	public static function proven(): bool {
		$tested = self::get()['tested'];
		return '' !== $tested && Options::settings()->ready() && hash_equals( Options::fingerprint(), $tested );
	}

	/**
	 * Tells whether it is time to look again. Settings that never passed a test wait for their owner.
	 */
	public static function due(): bool {
		return ! Options::own( 'off' ) && self::proven() && time() >= self::get()['next'];
	}

	/**
	 * Takes a turn: whoever gets true looks, the others do not.
	 */
	public static function take(): bool {
		$state = self::get();
		if ( time() < $state['next'] ) {
			return false;
		}
		$state['next'] = time() + self::RETRY;
		return update_option( self::NAME, $state );
	}

	/**
	 * Keeps what a check found, and tells page caches when that changes the pages.
	 *
	 * @param Result $result What was found.
	 */
	public static function keep( Result $result ): void {
		$before = self::on();
		$state  = self::get();
		$now    = time();
		if ( $result->passed() ) {
			$state['tested'] = Options::fingerprint();
		}
		if ( $state['up'] !== $result->passed() || 0 === $state['since'] ) {
			$state['since'] = $now;
		}
		$state['fails']   = $result->passed() ? 0 : $state['fails'] + 1;
		$state['up']      = $result->passed();
		$state['checked'] = $now;
		$state['next']    = $now + ( $result->passed() ? self::OFTEN : self::pause( $state['fails'] ) );
		$state['kind']    = $result->kind;
		$state['detail']  = $result->detail;
		update_option( self::NAME, $state );
		if ( self::on() !== $before ) {
			Page_Caches::purge();
		}
	}

	/**
	 * Seconds to wait after a number of failures.
	 *
	 * @param int $fails In a row.
	 */
	private static function pause( int $fails ): int {
		return (int) min( self::RARELY, self::RETRY * 2 ** min( 10, $fails - 1 ) );
	}
}
