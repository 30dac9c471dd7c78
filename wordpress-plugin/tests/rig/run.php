<?php
/**
 * Runs a script inside a site: run.php FOLDER SCRIPT [ARGUMENTS]. RIG_PATH names the site of a
 * network by its path.
 *
 * @package Gip4all
 */

require __DIR__ . '/request.php';

$rig_arguments = array_slice( $argv, 3 );
$rig_script    = $argv[2];
rig_request( $argv[1], getenv( 'RIG_PATH' ) ? getenv( 'RIG_PATH' ) : '/' );
require $argv[1] . '/wp-load.php';
require $rig_script;
