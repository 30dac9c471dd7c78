<?php
/**
 * Field: one input of the settings page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Options;

defined( 'ABSPATH' ) || exit;

/**
 * Prints an input with its help. A secret is never printed: its input is empty, and says whether
 * there is one. What wp-config.php says is shown, and cannot be changed here.
 */
final class Field {

	/**
	 * Prints a field.
	 *
	 * @param array{name: string, type: string, help: string, choices?: array<string, string>} $field The field.
	 */
	public static function show( array $field ): void {
		$fixed = Options::is_fixed( $field['name'] );
		$print = array( self::class, $field['type'] );
		if ( is_callable( $print ) ) {
			$print( $field, $fixed );
		}
		$help = $fixed ? self::fixed( $field['name'] ) : $field['help'];
		if ( '' !== $help ) {
			echo '<p class="description" id="' . esc_attr( self::id( $field ) ) . '-help">' . esc_html( $help ) . '</p>';
		}
	}

	/**
	 * Id of a field's input, which its label names.
	 *
	 * @param array{name: string} $field The field.
	 */
	public static function id( array $field ): string {
		return 'gip4all-' . str_replace( '_', '-', $field['name'] );
	}

	/**
	 * What is said about a setting of wp-config.php.
	 *
	 * @param string $name The setting.
	 */
	private static function fixed( string $name ): string {
		/* translators: %s: name of a constant. */
		return sprintf( __( 'Set in wp-config.php by %s, which wins over this page.', 'gip4all' ), Options::constant_of( $name ) );
	}

	/**
	 * Prints the attributes that all inputs have.
	 *
	 * @param array<string, mixed> $field  The field.
	 * @param bool                 $fixed  Whether it can be changed.
	 * @param string               $suffix What follows the name.
	 */
	private static function common( array $field, bool $fixed, string $suffix = '' ): void {
		printf( ' id="%1$s" name="%2$s" aria-describedby="%1$s-help"', esc_attr( self::id( $field ) ), esc_attr( Options::NAME . '[' . $field['name'] . ']' . $suffix ) );
		disabled( $fixed );
	}

	/**
	 * What is chosen, or what applies without a choice.
	 *
	 * @param array<string, mixed> $field The field.
	 * @return mixed
	 */
	private static function value( array $field ) {
		$name   = $field['name'];
		$chosen = Options::chosen();
		return $chosen[ $name ] ?? ( Options::settings()->all()[ $name ] ?? '' );
	}

	/**
	 * Prints an input for one line.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function line( array $field, bool $fixed ): void {
		$value = self::value( $field );
		echo '<input type="text" class="regular-text code" autocomplete="off" spellcheck="false" value="' . esc_attr( is_scalar( $value ) ? (string) $value : '' ) . '"';
		self::common( $field, $fixed );
		echo '>';
	}

	/**
	 * Prints an input for a secret, always empty.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function secret( array $field, bool $fixed ): void {
		$there = '' !== (string) ( Options::chosen()[ $field['name'] ] ?? '' );
		echo '<input type="password" class="regular-text code" autocomplete="new-password" value="" placeholder="' . esc_attr( $there ? __( 'Set. Leave empty to keep it.', 'gip4all' ) : '' ) . '"';
		self::common( $field, $fixed );
		echo '>';
	}

	/**
	 * Prints an input for a number.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function number( array $field, bool $fixed ): void {
		$value = self::value( $field );
		echo '<input type="number" class="small-text" min="0" max="100" step="1" value="' . esc_attr( is_scalar( $value ) ? (string) (int) $value : '0' ) . '"';
		self::common( $field, $fixed );
		echo '>';
	}

	/**
	 * Prints an input for a list, one a line.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function lines( array $field, bool $fixed ): void {
		$value = self::value( $field );
		echo '<textarea class="large-text code" rows="3" spellcheck="false"';
		self::common( $field, $fixed );
		echo '>' . esc_textarea( is_array( $value ) ? implode( "\n", array_filter( $value, 'is_scalar' ) ) : (string) $value ) . '</textarea>';
	}

	/**
	 * Prints a choice of one.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function choice( array $field, bool $fixed ): void {
		echo '<select';
		self::common( $field, $fixed );
		echo '>';
		foreach ( $field['choices'] as $value => $label ) {
			echo '<option value="' . esc_attr( $value ) . '"';
			selected( self::value( $field ), $value );
			echo '>' . esc_html( $label ) . '</option>';
		}
		echo '</select>';
	}

	/**
	 * Prints a switch. A switch that is off sends nothing, so the form sends "0" first.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function toggle( array $field, bool $fixed ): void {
		$name = Options::NAME . '[' . $field['name'] . ']';
		echo '<input type="hidden" name="' . esc_attr( $name ) . '" value="0"' . ( $fixed ? ' disabled' : '' ) . '><input type="checkbox" value="1"';
		self::common( $field, $fixed );
		checked( (bool) Options::own( $field['name'] ) );
		echo '>';
	}

	/**
	 * Prints a choice of some.
	 *
	 * @param array<string, mixed> $field The field.
	 * @param bool                 $fixed Whether it can be changed.
	 */
	private static function some( array $field, bool $fixed ): void {
		$chosen = (array) Options::own( $field['name'] );
		$name   = Options::NAME . '[' . $field['name'] . '][]';
		echo '<fieldset id="' . esc_attr( self::id( $field ) ) . '" aria-describedby="' . esc_attr( self::id( $field ) ) . '-help"><legend class="screen-reader-text">' . esc_html( $field['label'] ) . '</legend>';
		echo '<input type="hidden" name="' . esc_attr( $name ) . '" value=""' . ( $fixed ? ' disabled' : '' ) . '>';
		foreach ( $field['choices'] as $value => $label ) {
			echo '<label><input type="checkbox" name="' . esc_attr( $name ) . '" value="' . esc_attr( $value ) . '"';
			checked( in_array( (string) $value, $chosen, true ) );
			disabled( $fixed );
			echo '> ' . esc_html( $label ) . '</label><br>';
		}
		echo '</fieldset>';
	}
}
