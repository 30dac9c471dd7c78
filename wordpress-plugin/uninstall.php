<?php
/**
 * Removes all that the plugin kept, on every site of a network. It never was in any content.
 *
 * @package Gip4all
 */

declare(strict_types=1);

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Removes what one site kept.
 */
function gip4all_forget(): void {
	global $wpdb;
	foreach ( array( 'gip4all_settings', 'gip4all_state' ) as $gip4all_option ) {
		delete_option( $gip4all_option );
	}
	foreach ( array( 'gip4all_bound', 'gip4all_reports' ) as $gip4all_transient ) {
		delete_transient( $gip4all_transient );
	}
	// phpcs:ignore WordPress.DB -- previews, one for each user who looked; none outlives its minute in use.
	$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s OR option_name LIKE %s", $wpdb->esc_like( '_transient_gip4all_' ) . '%', $wpdb->esc_like( '_transient_timeout_gip4all_' ) . '%' ) );
	wp_clear_scheduled_hook( 'gip4all_check' );
}

/**
 * Does so on all sites, a hundred at a time.
 */
function gip4all_forget_everywhere(): void {
	if ( ! is_multisite() ) {
		gip4all_forget();
		return;
	}
	$offset = 0;
	do {
		$sites = get_sites(
			array(
				'fields'  => 'ids',
				'number'  => 100,
				'offset'  => $offset,
				'orderby' => 'id',
			)
		);
		foreach ( $sites as $site ) {
			switch_to_blog( (int) $site );
			gip4all_forget();
			restore_current_blog();
		}
		$offset += 100;
	} while ( 100 === count( $sites ) );
}

gip4all_forget_everywhere();
