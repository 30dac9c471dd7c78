<?php
/**
 * In every site of the rig: ?rig_theme=NAME shows a page in another theme, and the proxy on the
 * loopback counts as a public host.
 *
 * @package Gip4all
 */

if ( isset( $_GET['rig_theme'] ) && preg_match( '/^[a-z0-9-]+$/', $_GET['rig_theme'] ) ) {
	$rig_theme = static function () {
		return $_GET['rig_theme'];
	};
	add_filter( 'stylesheet', $rig_theme );
	add_filter( 'template', $rig_theme );
	add_filter( 'pre_option_stylesheet', $rig_theme );
	add_filter( 'pre_option_template', $rig_theme );
}
add_filter(
	'http_request_host_is_external',
	static function ( $external, $host ) {
		return $external || '127.0.0.1' === $host;
	},
	10,
	2
);
add_filter(
	'http_allowed_safe_ports',
	static function ( $ports, $host, $url ) {
		return array_merge( $ports, array( (int) wp_parse_url( $url, PHP_URL_PORT ) ) );
	},
	10,
	3
);
