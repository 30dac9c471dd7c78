<?php
/**
 * Rig: what runs.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

/**
 * Reads what rig.sh wrote down.
 */
final class Rig {

	/** The sites by name, each with the path of the blog on it. */
	public const SITES = array(
		'WordPress 6.1'         => array( 'wp61', '/' ),
		'WordPress 6.8'         => array( 'wp68', '/' ),
		'WordPress 7.1'         => array( 'wp71', '/' ),
		'a network'             => array( 'net71', '/' ),
		'a network, in a folder' => array( 'net71', '/two/' ),
	);

	/**
	 * All that rig.sh wrote.
	 *
	 * @return array<string, mixed>
	 */
	public static function all(): array {
		return (array) json_decode( (string) file_get_contents( (string) getenv( 'GIP4ALL_RIG' ) ), true );
	}

	/**
	 * What is known of the proxy.
	 *
	 * @param string $name endpoint, front, key, salt, site or token.
	 */
	public static function proxy( string $name ): string {
		return (string) self::all()['proxy'][ $name ];
	}

	/**
	 * Changes the proxy's mood.
	 *
	 * @param string $mood well, 500 or slow.
	 */
	public static function mood( string $mood ): void {
		file_put_contents( self::proxy( 'mood' ), $mood );
	}

	/**
	 * The program that starts and stops the rig.
	 */
	public static function command(): string {
		return dirname( __DIR__ ) . '/rig/rig.sh';
	}
}
