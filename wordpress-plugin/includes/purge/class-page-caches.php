<?php
/**
 * Page_Caches: tells them that all pages have changed.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Purge;

defined( 'ABSPATH' ) || exit;

/**
 * A page in a cache names the proxy, or does not. When that changes, the caches have to forget.
 */
final class Page_Caches {

	/** What caching plugins listen to. */
	private const ACTIONS = array( 'litespeed_purge_all', 'cache_enabler_clear_complete_cache', 'breeze_clear_all_cache', 'wphb_clear_page_cache', 'cachify_flush_cache', 'nitropack_execute_purge_all', 'swcfpc_purge_cache', 'rt_nginx_helper_purge_all' );

	/** What caching plugins offer to call. */
	private const FUNCTIONS = array( 'rocket_clean_domain', 'w3tc_flush_posts', 'wp_cache_clear_cache', 'sg_cachepress_purge_cache', 'wpfc_clear_all_cache', 'wpo_cache_flush', 'pantheon_wp_clear_edge_all' );

	/**
	 * Tells all of them; one that breaks does not keep the others from knowing.
	 */
	public static function purge(): void {
		foreach ( self::ACTIONS as $action ) {
			self::attempt( 'do_action', array( $action ) );
		}
		foreach ( self::FUNCTIONS as $function ) {
			if ( function_exists( $function ) ) {
				self::attempt( $function, array() );
			}
		}
		if ( is_callable( array( 'autoptimizeCache', 'clearall' ) ) ) {
			self::attempt( array( 'autoptimizeCache', 'clearall' ), array() );
		}
		/**
		 * Fires when all pages have changed, because images now go through the proxy or no longer do.
		 * Whoever keeps pages empties them.
		 *
		 * @since 0.1.0
		 */
		do_action( 'gip4all_pages_changed' );
	}

	/**
	 * Calls what another plugin brings.
	 *
	 * @param callable $call      What to call.
	 * @param mixed[]  $arguments With what.
	 */
	private static function attempt( callable $call, array $arguments ): void {
		try {
			call_user_func_array( $call, $arguments );
		} catch ( \Throwable $accident ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- the owner of the site reads this log.
			error_log( 'gip4all: a page cache could not be emptied: ' . $accident->getMessage() );
		}
	}
}
