<?php
/**
 * Adds the site /two/ to the network.
 *
 * @package Gip4all
 */

$rig_site = wp_insert_site(
	array(
		'domain'  => $_SERVER['HTTP_HOST'],
		'path'    => '/two/',
		'title'   => 'Two',
		'user_id' => 1,
	)
);
if ( ! is_wp_error( $rig_site ) ) {
	update_blog_option( $rig_site, 'permalink_structure', '/%year%/%postname%/' );
	delete_blog_option( $rig_site, 'rewrite_rules' );
} else {
	fwrite( STDERR, $rig_site->get_error_message() . "\n" );
	exit( 1 );
}
