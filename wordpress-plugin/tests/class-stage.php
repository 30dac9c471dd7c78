<?php
/**
 * Stage: a site for the tests.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Rewriter;
use Gip4all\Html\Tag_Starts;
use Gip4all\Pure\No_Resolver;
use Gip4all\Pure\Resolver;
use Gip4all\Pure\Reverser;
use Gip4all\Pure\Rules;
use Gip4all\Pure\Settings;
use Gip4all\Pure\Url_Builder;
use Gip4all\Pure\Variants;

/**
 * Builds the plugin's parts for https://site.example/blog, with a second upload domain and a
 * second site of the network.
 */
final class Stage {

	public const ENDPOINT = 'https://img.example';

	public const UPLOADS = array(
		'https://site.example/blog/wp-content/uploads',
		'https://media.example',
		'https://site.example/two/wp-content/uploads/sites/2/',
	);

	/**
	 * Settings, with changes.
	 *
	 * @param array<string, mixed> $changes Values by name.
	 */
	public static function settings( array $changes = array() ): Settings {
		return Settings::from(
			$changes + array(
				'endpoint'        => self::ENDPOINT,
				'key'             => '736563726574',
				'salt'            => '68656c6c6f',
				'exclude_classes' => array( 'no-gip' ),
				'exclude_paths'   => array( '/private/' ),
			)
		);
	}

	/**
	 * Rules, with changed settings.
	 *
	 * @param array<string, mixed> $changes Values by name.
	 * @param callable|null        $skip    Leaves a URL alone.
	 */
	public static function rules( array $changes = array(), ?callable $skip = null ): Rules {
		return new Rules( self::settings( $changes ), 'https://site.example/blog', self::UPLOADS, $skip );
	}

	/**
	 * A builder with the settings' keys.
	 */
	public static function builder(): Url_Builder {
		return new Url_Builder( self::ENDPOINT, self::settings()->signer() );
	}

	/**
	 * Variants, with a library that knows the cases' images or the one given.
	 *
	 * @param Resolver|null        $library A media library.
	 * @param array<string, mixed> $changes Settings by name.
	 */
	public static function variants( ?Resolver $library = null, array $changes = array() ): Variants {
		return new Variants( self::settings( $changes ), self::rules( $changes ), self::builder(), $library ?? new Library() );
	}

	/**
	 * A rewriter on an engine.
	 *
	 * @param Tag_Starts    $engine  Finds tags.
	 * @param Resolver|null $library A media library.
	 */
	public static function rewriter( Tag_Starts $engine, ?Resolver $library = null ): Rewriter {
		return new Rewriter( self::rules(), self::variants( $library ), $engine );
	}

	/**
	 * What maps back.
	 */
	public static function reverser(): Reverser {
		return new Reverser( self::builder() );
	}

	/**
	 * A library that knows nothing.
	 */
	public static function ignorant(): Resolver {
		return new No_Resolver();
	}

	/**
	 * HTML with "~" for each signature, to be read by people. The signatures are checked first.
	 *
	 * @param string $html HTML.
	 * @throws \UnexpectedValueException For a signature that is not valid.
	 */
	public static function readable( string $html ): string {
		$signer = self::settings()->signer();
		return (string) preg_replace_callback(
			'~' . preg_quote( self::ENDPOINT, '~' ) . '/([A-Za-z0-9_-]{43})(/[A-Za-z0-9._:/%!$*+=-]++)~',
			static function ( array $url ) use ( $signer ): string {
				if ( ! $signer->verify( $url[1], $url[2] ) ) {
					throw new \UnexpectedValueException( "signature of $url[0]" );
				}
				return self::ENDPOINT . '/~' . $url[2];
			},
			$html
		);
	}
}
