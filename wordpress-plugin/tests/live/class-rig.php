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
	private const SITES = array(
		'WordPress 6.1'          => array( 'wp61', '/' ),
		'WordPress 6.8'          => array( 'wp68', '/' ),
		'WordPress 7.1'          => array( 'wp71', '/' ),
		'a network'              => array( 'net71', '/' ),
		'a network, in a folder' => array( 'net71', '/two/' ),
	);

	/**
	 * The sites that this run is about: two runs at once share none.
	 *
	 * @return array<string, array{string, string}>
	 */
	public static function sites(): array {
		$names = explode( ' ', (string) getenv( 'GIP4ALL_SITES' ) );
		return array_filter(
			self::SITES,
			static function ( array $site ) use ( $names ): bool {
				return in_array( $site[0], $names, true );
			}
		);
	}

	/**
	 * Those that are no network: one for each release.
	 *
	 * @return array<string, array{string}>
	 */
	public static function releases(): array {
		$releases = array();
		foreach ( self::sites() as $title => $site ) {
			if ( 'net71' !== $site[0] ) {
				$releases[ $title ] = array( $site[0] );
			}
		}
		return $releases;
	}

	/**
	 * The newest of them, for what is the same in all.
	 */
	public static function newest(): string {
		$releases = self::releases();
		return end( $releases )[0];
	}

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
	 * Changes how the proxy's front treats the images of a site.
	 *
	 * @param string $name The site.
	 * @param string $mood well, 500, slow or keys.
	 */
	public static function mood( string $name, string $mood ): void {
		$host = (string) preg_replace( '~^https?://~', '', (string) self::all()['sites'][ $name ]['url'] );
		file_put_contents( self::proxy( 'moods' ) . '/' . $host, $mood );
	}

	/**
	 * The program that starts and stops the rig.
	 */
	public static function command(): string {
		return dirname( __DIR__ ) . '/rig/rig.sh';
	}
}
