<?php
/**
 * What a web server's rewrite rules do: files as they are, PHP where it is asked for, and all else
 * to WordPress. /two/wp-admin and its kin are the network's own folders.
 *
 * @package Gip4all
 */

$rig_root = $_SERVER['DOCUMENT_ROOT'];
$rig_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( false !== strpos( $rig_path, '..' ) ) {
	http_response_code( 400 );
	return true;
}
$rig_path = preg_replace( '~^/two(/wp-(?:admin|includes|content)/|/wp-[a-z-]+\.php)~', '$1', $rig_path );
$rig_file = $rig_root . $rig_path;
if ( is_dir( $rig_file ) && is_file( rtrim( $rig_file, '/' ) . '/index.php' ) ) {
	$rig_path = rtrim( $rig_path, '/' ) . '/index.php';
	$rig_file = $rig_root . $rig_path;
}
if ( is_file( $rig_file ) && '.php' !== substr( $rig_file, -4 ) ) {
	$rig_types = array(
		'css'  => 'text/css',
		'js'   => 'text/javascript',
		'svg'  => 'image/svg+xml',
		'json' => 'application/json',
		'html' => 'text/html',
		'txt'  => 'text/plain',
	);
	header( 'Content-Type: ' . ( $rig_types[ strtolower( pathinfo( $rig_file, PATHINFO_EXTENSION ) ) ] ?? mime_content_type( $rig_file ) ) );
	header( 'Content-Length: ' . filesize( $rig_file ) );
	header( 'Cache-Control: max-age=3600' );
	readfile( $rig_file );
	return true;
}
if ( ! is_file( $rig_file ) ) {
	$rig_path = '/index.php';
	$rig_file = $rig_root . $rig_path;
}
$_SERVER['SCRIPT_NAME']     = $rig_path;
$_SERVER['PHP_SELF']        = $rig_path;
$_SERVER['SCRIPT_FILENAME'] = $rig_file;
chdir( dirname( $rig_file ) );
require $rig_file;
return true;
