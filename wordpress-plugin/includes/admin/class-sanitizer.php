<?php
/**
 * Sanitizer: from what a form sent to what is stored.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Mistakes;
use Gip4all\Options;
use Gip4all\Pure\Invalid_Settings;
use Gip4all\Pure\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps what is valid; a field with a mistake keeps what it was, and its message names it.
 */
final class Sanitizer {

	/** Settings that are on or off. */
	private const SWITCHES = array( 'fetchpriority', 'worker', 'feeds', 'rest', 'json', 'import', 'off' );

	/**
	 * Checks what came. WordPress calls it twice when the option is new, so that its own result has
	 * to pass unchanged.
	 *
	 * @param mixed $input What came.
	 * @return array<string, mixed>
	 */
	public static function clean( $input ): array {
		$stored = get_option( Options::NAME, array() );
		$stored = is_array( $stored ) ? $stored : array();
		$input  = array_intersect_key( is_array( $input ) ? $input : array(), array_flip( Options::names() ) );
		$wanted = array_merge( $stored, self::own( $input ), self::without_empty_secrets( $input ) );
		if ( '' === trim( (string) ( $wanted['endpoint'] ?? '' ) ) ) {
			// To take the endpoint away is to take everything away that belongs to it.
			$wanted = array_diff_key( $wanted, array_flip( Options::SECRETS ) );
		}
		return self::valid( $wanted, $stored );
	}

	/**
	 * An empty input for a secret means: as it was.
	 *
	 * @param array<string, mixed> $input What came.
	 * @return array<string, mixed>
	 */
	private static function without_empty_secrets( array $input ): array {
		$clean = array();
		foreach ( $input as $name => $value ) {
			$plain = is_scalar( $value ) ? trim( (string) $value ) : $value;
			if ( in_array( $name, Options::SECRETS, true ) ) {
				if ( is_string( $plain ) && '' !== $plain ) {
					$clean[ $name ] = 'token' === $name ? (string) preg_replace( '/[^\x21-\x7e]/', '', $plain ) : $plain;
				}
			} elseif ( ! array_key_exists( $name, self::own( array( $name => '' ) ) ) ) {
				$clean[ $name ] = is_string( $plain ) ? sanitize_textarea_field( $plain ) : $plain;
			}
		}
		return $clean;
	}

	/**
	 * Checks the plugin's own settings, which cannot be wrong.
	 *
	 * @param array<string, mixed> $input What came.
	 * @return array<string, mixed>
	 */
	private static function own( array $input ): array {
		$own = array();
		foreach ( array_intersect( self::SWITCHES, array_keys( $input ) ) as $name ) {
			$own[ $name ] = (bool) $input[ $name ];
		}
		if ( isset( $input['eager'] ) ) {
			$own['eager'] = is_scalar( $input['eager'] ) ? min( 100, absint( $input['eager'] ) ) : 0;
		}
		if ( isset( $input['exclude_types'] ) ) {
			$own['exclude_types'] = array_values( array_filter( array_map( 'sanitize_key', array_filter( (array) $input['exclude_types'], 'is_scalar' ) ) ) );
		}
		return $own;
	}

	/**
	 * Has the pure settings check the rest, together with what wp-config.php says.
	 *
	 * @param array<string, mixed> $wanted What is to be stored.
	 * @param array<string, mixed> $stored What is stored.
	 * @return array<string, mixed>
	 */
	private static function valid( array $wanted, array $stored ): array {
		$fixed = array();
		foreach ( array_filter( Options::names(), array( Options::class, 'is_fixed' ) ) as $name ) {
			$fixed[ $name ] = constant( Options::constant_of( $name ) );
		}
		try {
			$checked = Settings::from( array_merge( $wanted, $fixed ) )->all();
			return array_merge( $wanted, array_diff_key( array_intersect_key( $checked, $wanted ), $fixed ) );
		} catch ( Invalid_Settings $mistake ) {
			foreach ( Mistakes::of( $mistake ) as $name => $message ) {
				add_settings_error( Options::NAME, 'gip4all-' . $name, esc_html( $message ) );
				$wanted = array_key_exists( $name, $stored ) ? array_merge( $wanted, array( $name => $stored[ $name ] ) ) : array_diff_key( $wanted, array( $name => 0 ) );
			}
			return $wanted;
		}
	}
}
