<?php
/**
 * Conflicts: other services that lead the same images elsewhere.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * Looks for those that are known, and switched on. It changes nothing about them.
 */
final class Conflicts {

	/**
	 * What to tell the owner about each that is active.
	 *
	 * @return string[]
	 */
	public static function found(): array {
		$found = array();
		foreach ( array_filter( self::active() ) as $name => $active ) {
			/* translators: %s: name of a plugin or service. */
			$found[] = sprintf( __( '%s rewrites the addresses of images too. Switch off one of the two, or images go through both.', 'gip4all' ), $name );
		}
		return $found;
	}

	/**
	 * Which are active, by name.
	 *
	 * @return array<string, bool>
	 */
	private static function active(): array {
		return array(
			'Jetpack Site Accelerator (Photon)' => self::photon(),
			'Optimole'                          => defined( 'OPTML_VERSION' ),
			'EWWW Image Optimizer (Easy IO)'    => defined( 'EWWW_IMAGE_OPTIMIZER_VERSION' ) && (bool) get_option( 'ewww_image_optimizer_exactdn' ),
			'WP Rocket CDN'                     => self::rocket(),
			'Tachyon'                           => class_exists( 'Tachyon', false ),
		);
	}

	/**
	 * Tells whether Jetpack leads images through its network.
	 */
	private static function photon(): bool {
		$modules = get_option( 'jetpack_active_modules', array() );
		return ( defined( 'JETPACK__VERSION' ) && is_array( $modules ) && in_array( 'photon', $modules, true ) ) || class_exists( 'Automattic\Jetpack\Image_CDN\Image_CDN', false );
	}

	/**
	 * Tells whether WP Rocket rewrites addresses to a CDN.
	 */
	private static function rocket(): bool {
		$settings = get_option( 'wp_rocket_settings', array() );
		return defined( 'WP_ROCKET_VERSION' ) && is_array( $settings ) && ! empty( $settings['cdn'] );
	}
}
