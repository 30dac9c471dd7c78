<?php
/**
 * Makes the command line look like a request for a site of the rig, which WordPress wants.
 *
 * @package Gip4all
 */

declare(strict_types=1);

/**
 * Fills in what a web server would.
 *
 * @param string $folder The site's folder.
 * @param string $path   What is asked for.
 */
function rig_request( string $folder, string $path = '/' ): void {
	$port = trim( (string) file_get_contents( $folder . '/.port' ) );

	$_SERVER['HTTP_HOST']       = '127.0.0.1:' . $port;
	$_SERVER['SERVER_NAME']     = '127.0.0.1';
	$_SERVER['SERVER_PORT']     = $port;
	$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
	$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
	$_SERVER['REQUEST_METHOD']  = 'GET';
	$_SERVER['REQUEST_URI']     = $path;
	$_SERVER['SCRIPT_NAME']     = '/index.php';
	$_SERVER['PHP_SELF']        = '/index.php';
}
