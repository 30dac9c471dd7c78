<?php
/**
 * Prepares the tests that ask running sites: GIP4ALL_RIG names the file that rig.sh wrote.
 *
 * @package Gip4all
 */

declare(strict_types=1);

require __DIR__ . '/class-rig.php';
require __DIR__ . '/class-answer.php';
require __DIR__ . '/class-live-site.php';
require __DIR__ . '/class-live-page.php';
require __DIR__ . '/class-stand.php';

if ( ! is_file( (string) getenv( 'GIP4ALL_RIG' ) ) || ! Gip4all\Tests\Live\Rig::releases() ) {
	fwrite( STDERR, "GIP4ALL_RIG names no running rig, or GIP4ALL_SITES none of its releases; make test-wordpress-live does.\n" );
	exit( 1 );
}
