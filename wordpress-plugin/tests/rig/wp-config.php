<?php
/**
 * Configuration of a throw-away site on the loopback; rig.sh fills in what stands between "@".
 *
 * @package Gip4all
 */

define( 'DB_NAME', 'rig_@NAME@' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:@SOCKET@' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $rig_name ) {
	define( $rig_name . '_KEY', sha1( 'rig key ' . $rig_name ) );
	define( $rig_name . '_SALT', sha1( 'rig salt ' . $rig_name ) );
}
if ( ! defined( 'WP_INSTALLING_NETWORK' ) && '@NAME@' !== 'net71' ) {
	define( 'WP_HOME', 'http://127.0.0.1:@PORT@' );
	define( 'WP_SITEURL', 'http://127.0.0.1:@PORT@' );
}
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', true );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost,nowhere.invalid' );
define( 'FS_METHOD', 'direct' );
define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_ALLOW_MULTISITE', '@NAME@' === 'net71' );
/* network */
if ( is_file( __DIR__ . '/.gip4all.php' ) ) {
	// A test's own constants.
	require __DIR__ . '/.gip4all.php';
}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
