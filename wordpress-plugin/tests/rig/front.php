<?php
/**
 * Stands before the proxy and has moods, so that tests can see what a site does when its proxy is
 * ill: the file that RIG_MOOD names says "500" or "slow", and anything else passes through.
 *
 * @package Gip4all
 */

$rig_mood = trim( (string) @file_get_contents( getenv( 'RIG_MOOD' ) ) );
if ( 'slow' === $rig_mood ) {
	sleep( 20 );
}
if ( '500' === $rig_mood || 'slow' === $rig_mood ) {
	http_response_code( 500 );
	echo 'ill';
	return true;
}
$rig_curl = curl_init( getenv( 'RIG_PROXY' ) . $_SERVER['REQUEST_URI'] );
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
