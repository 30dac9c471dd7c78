<?php
/**
 * Makes a network in subdirectories of the site.
 *
 * @package Gip4all
 */

require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';

foreach ( $wpdb->tables( 'ms_global' ) as $rig_table => $rig_name ) {
	$wpdb->$rig_table = $rig_name;
}
install_network();
$rig_result = populate_network( 1, $_SERVER['HTTP_HOST'], 'admin@example.test', 'Rig net', '/', false );
if ( is_wp_error( $rig_result ) ) {
	fwrite( STDERR, $rig_result->get_error_message() . "\n" );
	exit( 1 );
}
