<?php
/**
 * Stands before the proxy and has moods, so that tests can see what a site does when its proxy is
 * ill. A file in the folder RIG_MOODS, named by a site's host and port, says how that site's images
 * fare: "500", "slow", "garbage" (no image, but called one), "keys" (as if the proxy's keys had been
 * changed), and anything else passes.
 *
 * @package Gip4all
 */

$rig_mood = '';
$rig_path = $_SERVER['REQUEST_URI'];
$rig_name = strrchr( $rig_path, '/' );
// A source is written out, or in base64.
$rig_source = rawurldecode( $rig_path ) . base64_decode( strtr( substr( $rig_name, 1 ), '-_', '+/' ) );
foreach ( glob( getenv( 'RIG_MOODS' ) . '/*' ) as $rig_file ) {
	if ( false !== strpos( $rig_source, '://' . basename( $rig_file ) . '/' ) ) {
		$rig_mood = trim( (string) @file_get_contents( $rig_file ) );
	}
}
if ( 'slow' === $rig_mood ) {
	sleep( 20 );
}
if ( '500' === $rig_mood || 'slow' === $rig_mood ) {
	http_response_code( 500 );
	echo 'ill';
	return true;
}
if ( 'garbage' === $rig_mood ) {
	header( 'Content-Type: image/avif' );
	echo 'garbage';
	return true;
}
if ( 'keys' === $rig_mood ) {
	// What other keys refuse is a signature that they did not make.
	$rig_path[1] = 'A' === $rig_path[1] ? 'B' : 'A';
}
$rig_curl = curl_init( getenv( 'RIG_PROXY' ) . $rig_path );
$rig_sent = array();
foreach ( array( 'HTTP_ACCEPT' => 'Accept', 'HTTP_AUTHORIZATION' => 'Authorization' ) as $rig_name => $rig_header ) {
	if ( isset( $_SERVER[ $rig_name ] ) ) {
		$rig_sent[] = $rig_header . ': ' . $_SERVER[ $rig_name ];
	}
}
curl_setopt_array(
	$rig_curl,
	array(
		CURLOPT_CUSTOMREQUEST  => $_SERVER['REQUEST_METHOD'],
		CURLOPT_RETURNTRANSFER => true,
		CURLOPT_HTTPHEADER     => $rig_sent,
		CURLOPT_TIMEOUT        => 30,
	)
);
$rig_body = curl_exec( $rig_curl );
http_response_code( false === $rig_body ? 502 : curl_getinfo( $rig_curl, CURLINFO_RESPONSE_CODE ) );
header( 'Content-Type: ' . curl_getinfo( $rig_curl, CURLINFO_CONTENT_TYPE ) );
echo $rig_body;
return true;
