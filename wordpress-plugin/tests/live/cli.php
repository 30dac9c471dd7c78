<?php
/**
 * Runs a command of the double inside a site: cli.php FOLDER COMMAND...
 *
 * @package Gip4all
 */

define( 'WP_CLI', true );
require __DIR__ . '/class-cli-double.php';
require dirname( __DIR__ ) . '/rig/request.php';

$rig_words = array_slice( $argv, 2 );
rig_request( $argv[1] );
require $argv[1] . '/wp-load.php';
WP_CLI::run( $rig_words );
