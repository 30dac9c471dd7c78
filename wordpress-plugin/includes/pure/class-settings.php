<?php
/**
 * Settings: what the owner of the site chose.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Checked settings. Whatever one holds is valid: the only way to make one is from().
 *
 * It knows nothing of where settings are kept, and its text never quotes key or salt.
 */
final class Settings {

	/** What applies where nothing was chosen. An empty endpoint means: not set up yet. */
	private const DEFAULTS = array(
		'endpoint'           => '',
		'site'               => '',
		'key'                => '',
		'salt'               => '',
		'generation'         => 1,
		'quality'            => 0,
		'low_quality'        => 45,
		'format'             => 'auto',
		'widths'             => array( 384, 512, 640, 768, 960, 1200, 1600, 1920, 2560 ),
		'extensions'         => array( 'jpg', 'jpeg', 'png', 'gif', 'webp', 'avif' ),
		'exclude_paths'      => array(),
		'exclude_classes'    => array(),
		'exclude_attributes' => array( 'data-no-gip' ),
	);

	/** Formats that can be asked for; "original" keeps each image's own. */
	private const FORMATS = array( 'auto', 'avif', 'webp', 'jpeg', 'png', 'original' );

	/**
	 * Checked values by name.
	 *
	 * @var array<string, mixed>
	 */
	private array $values;

	/**
	 * Made by from() only.
	 *
	 * @param array<string, mixed> $values Checked values by name.
	 */
	private function __construct( array $values ) {
		$this->values = $values;
	}

	/**
	 * Checks what was typed or stored. Names that it does not know are ignored: a newer version of
	 * the plugin may have stored them.
	 *
	 * @param array<string, mixed> $input Values by name; what is missing takes its default.
	 * @throws Invalid_Settings With a message for each input that is wrong.
	 */
	public static function from( array $input ): self {
		$values   = array();
		$mistakes = array();
		foreach ( self::DEFAULTS as $name => $default ) {
			try {
				$values[ $name ] = array_key_exists( $name, $input ) ? self::check( $name, $input[ $name ], $default ) : $default;
			} catch ( Mistake $mistake ) {
				$mistakes[ $name ] = $mistake;
			}
		}
		if ( ! $mistakes && '' !== $values['endpoint'] ) {
			$mistakes = self::missing( $values );
		}
		if ( $mistakes ) {
			throw new Invalid_Settings( $mistakes );
		}
		return new self( $values );
	}

	/**
	 * Tells whether there is all that a signed URL needs.
	 */
	public function ready(): bool {
		return '' !== $this->values['endpoint'];
	}

	/**
	 * A word: endpoint, site, key, salt or format.
	 *
	 * @param string $name The setting.
	 */
	public function text( string $name ): string {
		return (string) $this->values[ $name ];
	}

	/**
	 * A number: quality, low_quality or generation. A quality of 0 is the proxy's own choice.
	 *
	 * @param string $name The setting.
	 */
	public function number( string $name ): int {
		return (int) $this->values[ $name ];
	}

	/**
	 * A list: widths (rising numbers), extensions, exclude_paths, exclude_classes or
	 * exclude_attributes.
	 *
	 * @param string $name The setting.
	 * @return array<int, mixed>
	 */
	public function items( string $name ): array {
		return (array) $this->values[ $name ];
	}

	/**
	 * Everything, as from() takes it.
	 *
	 * @return array<string, mixed>
	 */
	public function all(): array {
		return $this->values;
	}

	/**
	 * A signer with these keys; only settings that are ready() have one.
	 */
	public function signer(): Signer {
		return new Signer( $this->text( 'key' ), $this->text( 'salt' ) );
	}

	/**
	 * Shows nothing of key and salt in a dump or a log.
	 *
	 * @return array<string, mixed>
	 */
	public function __debugInfo(): array {
		return array_diff_key( $this->values, array_flip( array( 'key', 'salt' ) ) );
	}

	/**
	 * What is missing to reach an endpoint.
	 *
	 * @param array<string, mixed> $values Checked values.
	 * @return array<string, Mistake>
	 */
	private static function missing( array $values ): array {
		$mistakes = array();
		foreach ( array( 'key', 'salt' ) as $name ) {
			if ( '' === $values[ $name ] ) {
				$mistakes[ $name ] = new Mistake( 'empty' );
			}
		}
		return $mistakes;
	}

	/**
	 * Checks one value and gives it in its own form.
	 *
	 * @param string $name    The setting.
	 * @param mixed  $given   What was given.
	 * @param mixed  $fallback What applies by default; its type says how to read.
	 * @return mixed
	 */
	private static function check( string $name, $given, $fallback ) {
		if ( is_array( $fallback ) ) {
			return 'widths' === $name ? self::widths( self::words( $given ) ) : self::listed( $name, self::words( $given ) );
		}
		if ( ! is_scalar( $given ) ) {
			throw new Mistake( 'list' );
		}
		$text = trim( (string) $given );
		return is_int( $fallback ) ? self::whole( $text, 'generation' === $name ? PHP_INT_MAX : 100 ) : self::word( $name, $text );
	}

	/**
	 * Reads a setting that is one word.
	 *
	 * @param string $name The setting.
	 * @param string $text What was given.
	 * @throws Mistake That says what is wanted.
	 */
	private static function word( string $name, string $text ): string {
		switch ( $name ) {
			case 'endpoint':
				return self::endpoint( $text );
			case 'site':
				return self::pattern( $text, '/\A[a-z0-9-]{0,32}\z/', new Mistake( 'site', $text ) );
			case 'format':
				return self::pattern( $text, '/\A(?:' . implode( '|', self::FORMATS ) . ')\z/', new Mistake( 'format', $text, implode( ', ', self::FORMATS ) ) );
			default:
				return self::pattern( $text, '/\A(?:[0-9a-fA-F]{2})*\z/', new Mistake( 'hex' ) );
		}
	}

	/**
	 * Reads a text that has a pattern.
	 *
	 * @param string  $text    What was given.
	 * @param string  $pattern What it must match.
	 * @param Mistake $mistake What is wrong if not.
	 * @throws Mistake That one.
	 */
	private static function pattern( string $text, string $pattern, Mistake $mistake ): string {
		if ( 1 !== preg_match( $pattern, $text ) ) {
			throw $mistake;
		}
		return $text;
	}

	/**
	 * Reads the proxy's address.
	 *
	 * @param string $text What was given.
	 * @throws Mistake For what is not the begin of a URL.
	 */
	private static function endpoint( string $text ): string {
		if ( '' === $text ) {
			return '';
		}
		$form = '~\Ahttps?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:/[a-z0-9._\~/-]*)?\z~i';
		return rtrim( self::pattern( $text, $form, new Mistake( 'url', $text ) ), '/' );
	}

	/**
	 * Reads a whole number.
	 *
	 * @param string $text What was given.
	 * @param int    $most The largest.
	 * @throws Mistake For anything else.
	 */
	private static function whole( string $text, int $most ): int {
		if ( 1 !== preg_match( '/\A[0-9]{1,9}\z/', $text ) || (int) $text > $most ) {
			throw new Mistake( 'whole', $text, (string) $most );
		}
		return (int) $text;
	}

	/**
	 * Reads a list, which a form sends as lines or with commas.
	 *
	 * @param mixed $given What was given.
	 * @return string[]
	 * @throws Mistake For a list of lists.
	 */
	private static function words( $given ): array {
		$words = array();
		foreach ( is_array( $given ) ? $given : preg_split( '/[\r\n,]+/', (string) $given ) as $word ) {
			if ( ! is_scalar( $word ) ) {
				throw new Mistake( 'words' );
			}
			$words[] = trim( (string) $word );
		}
		return array_values( array_unique( array_diff( $words, array( '' ) ) ) );
	}

	/**
	 * Reads widths, and puts them in order.
	 *
	 * @param string[] $words What was given.
	 * @return int[]
	 * @throws Mistake For a width that no proxy makes.
	 */
	private static function widths( array $words ): array {
		$widths = array();
		foreach ( $words as $word ) {
			$width = self::whole( $word, 10000 );
			if ( 0 === $width ) {
				throw new Mistake( 'zero' );
			}
			$widths[] = $width;
		}
		sort( $widths );
		return $widths;
	}

	/**
	 * Reads the other lists. Class names and paths may hold what they like, but no space: with one
	 * they would never match.
	 *
	 * @param string   $name  The setting.
	 * @param string[] $words What was given.
	 * @return string[]
	 * @throws Mistake That names the word.
	 */
	private static function listed( string $name, array $words ): array {
		$form = 'extensions' === $name ? '/\A\.?[a-z0-9]{2,5}\z/i' : '/\A\S+\z/';
		foreach ( $words as $place => $word ) {
			self::pattern( $word, $form, new Mistake( 'entry', $word, $name ) );
			if ( 'extensions' === $name ) {
				$words[ $place ] = strtolower( ltrim( $word, '.' ) );
			}
			if ( 'svg' === $words[ $place ] || 'ico' === $words[ $place ] ) {
				throw new Mistake( 'vector', $word );
			}
		}
		return $words;
	}
}
