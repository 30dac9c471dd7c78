<?php
/**
 * Prepares the tests that need no WordPress: the plugin's own classes, and of WordPress only the
 * HTML parser of the release that GIP4ALL_WP names, with stand-ins for what it calls on misuse.
 *
 * @package Gip4all
 */

declare(strict_types=1);

define( 'ABSPATH', __DIR__ . '/' );

require __DIR__ . '/../includes/autoload.php';
require __DIR__ . '/class-library.php';
require __DIR__ . '/class-slow-pages.php';
require __DIR__ . '/class-stage.php';

$gip4all_api = getenv( 'GIP4ALL_WP' ) . '/wp-includes/html-api';
if ( ! is_dir( $gip4all_api ) ) {
	fwrite( STDERR, "GIP4ALL_WP is no folder of WordPress 6.2 or later; make test-wordpress sets it.\n" );
	exit( 1 );
}
foreach ( array( 'attribute-token', 'span', 'text-replacement', 'decoder', 'doctype-info', 'unsupported-exception', 'tag-processor' ) as $gip4all_file ) {
	if ( is_file( "$gip4all_api/class-wp-html-$gip4all_file.php" ) ) {
		require "$gip4all_api/class-wp-html-$gip4all_file.php";
	}
}
