<?php
/**
 * Installs a plugin's archive as the page "Add plugins, upload" does.
 *
 * @package Gip4all
 */

require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/misc.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';

wp_set_current_user( 1 );
$rig_upgrader = new Plugin_Upgrader( new Automatic_Upgrader_Skin() );
$rig_result   = $rig_upgrader->install( $rig_arguments[0], array( 'overwrite_package' => true ) );
if ( true !== $rig_result ) {
	fwrite( STDERR, 'not installed: ' . ( is_wp_error( $rig_result ) ? $rig_result->get_error_message() : wp_json_encode( $rig_upgrader->skin->get_upgrade_messages() ) ) . "\n" );
	exit( 1 );
}
