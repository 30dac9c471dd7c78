<?php
/**
 * Mistakes: what is wrong with the settings, in the language of who reads it.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all;

use Gip4all\Pure\Invalid_Settings;

defined( 'ABSPATH' ) || exit;

/**
 * The pure classes know no WordPress, and so no translation: they say which mistake it is.
 */
final class Mistakes {

	/**
	 * Messages by the name of the setting, which is also what wp-config.php calls it.
	 *
	 * @param Invalid_Settings $invalid All mistakes.
	 * @return array<string, string>
	 */
	public static function of( Invalid_Settings $invalid ): array {
		$messages = array();
		foreach ( $invalid->all() as $name => $mistake ) {
			$messages[ $name ] = $name . ': ' . $mistake->in( self::texts() );
		}
		return $messages;
	}

	/**
	 * Pure\Mistake::TEXTS, translated.
	 *
	 * @return array<string, string>
	 */
	private static function texts(): array {
		return array(
			'empty'  => __( 'is empty, and the endpoint needs one', 'gip4all' ),
			'list'   => __( 'one value is wanted, not a list', 'gip4all' ),
			'words'  => __( 'a list of words is wanted', 'gip4all' ),
			/* translators: %1$s: what was typed. */
			'url'    => __( '"%1$s" is not a URL such as https://img.example.com', 'gip4all' ),
			/* translators: %1$s: what was typed. */
			'site'   => __( '"%1$s" is not made of up to 32 of a-z, 0-9 and -', 'gip4all' ),
			/* translators: 1: what was typed, 2: a list of names. */
			'format' => __( '"%1$s" is not one of %2$s', 'gip4all' ),
			'hex'    => __( 'is not hexadecimal (an even number of 0-9 and a-f)', 'gip4all' ),
			/* translators: 1: what was typed, 2: a number. */
			'whole'  => __( '"%1$s" is not a whole number from 0 to %2$s', 'gip4all' ),
			'zero'   => __( 'a width of 0 is not positive', 'gip4all' ),
			/* translators: 1: what was typed, 2: the setting's name. */
			'entry'  => __( '"%1$s" cannot be one of %2$s', 'gip4all' ),
			/* translators: %1$s: such as svg. */
			'vector' => __( '"%1$s" stays as it is: it has no pixels to scale', 'gip4all' ),
		);
	}
}
