<?php
/**
 * Actions: what the buttons of the settings page do.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Health\Probe;
use Gip4all\Health\State;
use Gip4all\Options;
use Gip4all\Purge\Purger;

defined( 'ABSPATH' ) || exit;

/**
 * Each asks for its nonce and the capability, does its work and goes back to the page. WordPress
 * prints what is said there as it is, so it is escaped here.
 */
final class Actions {

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		foreach ( array( 'test', 'purge', 'preview' ) as $name ) {
			add_action( 'admin_post_gip4all_' . $name, array( self::class, $name ) );
		}
	}

	/**
	 * Tests the connection.
	 */
	public static function test(): void {
		self::allow( 'gip4all_test' );
		$result = Probe::run( true );
		State::keep( $result );
		add_settings_error( Options::NAME, 'gip4all-test', esc_html( $result->message() ), $result->passed() ? 'success' : 'error' );
		self::back();
	}

	/**
	 * Has the proxy forget all images of this site.
	 */
	public static function purge(): void {
		self::allow( 'gip4all_purge' );
		$removed = Purger::all();
		if ( is_wp_error( $removed ) ) {
			add_settings_error( Options::NAME, 'gip4all-purge', esc_html( $removed->get_error_message() ) );
		} else {
			/* translators: %s: a number. */
			add_settings_error( Options::NAME, 'gip4all-purge', esc_html( sprintf( _n( '%s image was purged.', '%s images were purged.', $removed, 'gip4all' ), number_format_i18n( $removed ) ) ), 'success' );
		}
		self::back();
	}

	/**
	 * Shows an image before and after.
	 */
	public static function preview(): void {
		self::allow( 'gip4all_preview' );
		set_transient( 'gip4all_preview_' . get_current_user_id(), Preview::make(), MINUTE_IN_SECONDS );
		self::back();
	}

	/**
	 * Ends a request that nobody may send, or that somebody was tricked into.
	 *
	 * @param string $action What it is to do.
	 */
	private static function allow( string $action ): void {
		check_admin_referer( $action );
		if ( ! current_user_can( Admin::CAPABILITY ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'gip4all' ), '', array( 'response' => 403 ) );
		}
	}

	/**
	 * Goes back to the page, which shows what was said.
	 */
	private static function back(): void {
		set_transient( 'settings_errors', get_settings_errors(), 30 );
		wp_safe_redirect( add_query_arg( 'settings-updated', 'true', Admin::url() ) );
		exit;
	}
}
