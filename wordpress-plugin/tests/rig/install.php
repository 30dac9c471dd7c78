<?php
/**
 * Installs WordPress: install.php FOLDER.
 *
 * @package Gip4all
 */

require __DIR__ . '/request.php';

rig_request( $argv[1] );
define( 'WP_INSTALLING', true );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if ( ! function_exists( 'wp_new_blog_notification' ) ) {
	/**
	 * Sends no mail about the new site.
	 */
	function wp_new_blog_notification() {}
}
wp_install( 'Rig', 'admin', 'admin@example.test', true, '', 'admin' );
update_option( 'siteurl', 'http://' . $_SERVER['HTTP_HOST'] );
update_option( 'home', 'http://' . $_SERVER['HTTP_HOST'] );
update_option( 'permalink_structure', '/%year%/%postname%/' );
$GLOBALS['wp_rewrite']->init();
$GLOBALS['wp_rewrite']->flush_rules( false );
