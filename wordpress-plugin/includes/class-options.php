<?php
/**
 * Options: where the settings are kept.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all;

use Gip4all\Pure\Invalid_Settings;
use Gip4all\Pure\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Reads what the owner chose: a constant of wp-config.php wins (GIP4ALL_ENDPOINT, GIP4ALL_KEY and
 * so on), then the option, then the default.
 *
 * Whatever is stored or defined, reading never fails: settings that are wrong count as not set up.
 */
final class Options {

	public const NAME = 'gip4all_settings';

	/** What never leaves the server again. */
	public const SECRETS = array( 'key', 'salt', 'token' );

	/** The settings that only the plugin needs, by what they are when nothing was chosen. */
	private const OWN = array(
		'token'         => '',
		'exclude_types' => array(),
		'eager'         => 0,
		'fetchpriority' => true,
		'worker'        => false,
		'feeds'         => false,
		'rest'          => false,
		'json'          => false,
		'import'        => false,
		'off'           => false,
	);

	/** The settings of the pure classes that can be chosen here. */
	private const PURE = array( 'endpoint', 'site', 'key', 'salt', 'generation', 'quality', 'low_quality', 'format', 'widths', 'extensions', 'exclude_paths', 'exclude_classes', 'exclude_attributes' );

	/**
	 * Every setting that was chosen, by name.
	 *
	 * @return array<string, mixed>
	 */
	public static function chosen(): array {
		$stored = get_option( self::NAME, array() );
		$chosen = array_intersect_key( is_array( $stored ) ? $stored : array(), array_flip( self::names() ) );
		foreach ( self::names() as $name ) {
			if ( self::is_fixed( $name ) ) {
				$chosen[ $name ] = constant( self::constant_of( $name ) );
			}
		}
		return $chosen;
	}

	/**
	 * The settings of the pure classes. With a mistake in them they are those of a fresh plugin.
	 */
	public static function settings(): Settings {
		try {
			return Settings::from( self::chosen() );
		} catch ( Invalid_Settings $mistake ) {
			return Settings::from( array() );
		}
	}

	/**
	 * What is wrong with the settings, such as a constant that was mistyped.
	 *
	 * @return array<string, string> Messages by name.
	 */
	public static function mistakes(): array {
		try {
			Settings::from( self::chosen() );
			return array();
		} catch ( Invalid_Settings $mistake ) {
			return Mistakes::of( $mistake );
		}
	}

	/**
	 * One of the plugin's own settings.
	 *
	 * @param string $name Such as "worker".
	 * @return bool|int|string|string[] Of the default's type.
	 */
	public static function own( string $name ) {
		$value   = self::chosen()[ $name ] ?? null;
		$default = self::OWN[ $name ];
		if ( null === $value || ( is_scalar( $value ) === is_array( $default ) && ! is_array( $default ) ) ) {
			return $default;
		}
		if ( is_array( $default ) ) {
			return self::words( $value );
		}
		settype( $value, gettype( $default ) );
		return $value;
	}

	/**
	 * Names of all settings.
	 *
	 * @return string[]
	 */
	public static function names(): array {
		return array_merge( self::PURE, array_keys( self::OWN ) );
	}

	/**
	 * Tells whether wp-config.php says what a setting is.
	 *
	 * @param string $name The setting.
	 */
	public static function is_fixed( string $name ): bool {
		return defined( self::constant_of( $name ) );
	}

	/**
	 * Name of the constant for a setting.
	 *
	 * @param string $name The setting.
	 */
	public static function constant_of( string $name ): string {
		return 'GIP4ALL_' . strtoupper( $name );
	}

	/**
	 * What a connection test vouches for: other keys or another address need a new one. It is stored,
	 * so it is a keyed hash that tells nothing of the key.
	 */
	public static function fingerprint(): string {
		$settings = self::settings();
		return hash_hmac( 'sha256', $settings->text( 'endpoint' ) . "\n" . $settings->text( 'key' ) . "\n" . $settings->text( 'salt' ), wp_salt( 'auth' ) );
	}

	/**
	 * A list, as stored, as typed or as defined.
	 *
	 * @param mixed $value The value.
	 * @return string[]
	 */
	private static function words( $value ): array {
		$words = is_array( $value ) ? $value : preg_split( '/[\s,]+/', is_scalar( $value ) ? (string) $value : '' );
		return array_values( array_filter( array_map( 'strval', array_filter( (array) $words, 'is_scalar' ) ), 'strlen' ) );
	}
}
