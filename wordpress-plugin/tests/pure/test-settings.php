<?php
/**
 * Tests of Settings.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Invalid_Settings;
use Gip4all\Pure\Settings;
use PHPUnit\Framework\TestCase;

/**
 * Defaults, forms of input, and every mistake.
 */
final class Settings_Test extends TestCase {

	/**
	 * Nothing chosen is valid, and not ready.
	 */
	public function test_defaults(): void {
		$settings = Settings::from( array() );
		$this->assertFalse( $settings->ready() );
		$this->assertSame( 'auto', $settings->text( 'format' ) );
		$this->assertSame( 0, $settings->number( 'quality' ) );
		$this->assertEquals( $settings, Settings::from( $settings->all() ) );
	}

	/**
	 * What a form sends is put into one form.
	 */
	public function test_forms(): void {
		$settings = Settings::from(
			array(
				'endpoint'      => ' https://img.example/a/ ',
				'key'           => "abCD\n",
				'salt'          => 'ef',
				'quality'       => '80',
				'widths'        => "640, 320\r\n640",
				'extensions'    => '.JPG, png',
				'exclude_paths' => "/a/\n\n /b/* ",
				'from_a_newer'  => 'version',
			)
		);
		$this->assertTrue( $settings->ready() );
		$this->assertSame( 'https://img.example/a', $settings->text( 'endpoint' ) );
		$this->assertSame( 80, $settings->number( 'quality' ) );
		$this->assertSame( array( 320, 640 ), $settings->items( 'widths' ) );
		$this->assertSame( array( 'jpg', 'png' ), $settings->items( 'extensions' ) );
		$this->assertSame( array( '/a/', '/b/*' ), $settings->items( 'exclude_paths' ) );
		$this->assertEquals( $settings, Settings::from( $settings->all() ) );
	}

	/**
	 * Each mistake names its input.
	 *
	 * @dataProvider mistakes
	 * @param array<string, mixed>  $input What was typed.
	 * @param array<string, string> $want  Messages by input.
	 */
	public function test_mistakes( array $input, array $want ): void {
		try {
			Settings::from( $input );
		} catch ( Invalid_Settings $invalid ) {
			$this->assertSame( $want, $invalid->mistakes() );
			$this->assertSame( implode( '; ', $want ), $invalid->getMessage() );
			return;
		}
		$this->fail( 'no mistake was found' );
	}

	/**
	 * Input and what is wrong with it.
	 *
	 * @return array<string, array{array<string, mixed>, array<string, string>}>
	 */
	public function mistakes(): array {
		$hex      = 'is not hexadecimal (an even number of 0-9 and a-f)';
		$endpoint = static function ( string $text ): array {
			return array( array( 'endpoint' => $text ), array( 'endpoint' => "endpoint: \"$text\" is not a URL such as https://img.example.com" ) );
		};
		return array(
			'no scheme'          => $endpoint( 'img.example' ),
			'another scheme'     => $endpoint( 'ftp://img.example' ),
			'a query'            => $endpoint( 'https://img.example/?a' ),
			'a user'             => $endpoint( 'https://me@img.example' ),
			'markup'             => $endpoint( 'https://img.example/"><b>' ),
			'no key'             => array(
				array( 'endpoint' => 'https://img.example', 'salt' => 'ab' ),
				array( 'key' => 'key: is empty, and the endpoint needs one' ),
			),
			// The secret is not in the message.
			'key and salt'       => array( array( 'key' => 'secret', 'salt' => 'abc' ), array( 'key' => "key: $hex", 'salt' => "salt: $hex" ) ),
			'site'               => array( array( 'site' => 'My Blog' ), array( 'site' => 'site: "My Blog" is not made of up to 32 of a-z, 0-9 and -' ) ),
			'quality'            => array( array( 'quality' => 101 ), array( 'quality' => 'quality: "101" is not a whole number from 0 to 100' ) ),
			'negative'           => array( array( 'low_quality' => '-1' ), array( 'low_quality' => 'low_quality: "-1" is not a whole number from 0 to 100' ) ),
			'format'             => array( array( 'format' => 'tiff' ), array( 'format' => 'format: "tiff" is not one of auto, avif, webp, jpeg, png, original' ) ),
			'list for a word'    => array( array( 'format' => array( 'auto' ) ), array( 'format' => 'format: one value is wanted, not a list' ) ),
			'width'              => array( array( 'widths' => '320, 0' ), array( 'widths' => 'widths: a width of 0 is not positive' ) ),
			'width too large'    => array( array( 'widths' => array( 10001 ) ), array( 'widths' => 'widths: "10001" is not a whole number from 0 to 10000' ) ),
			'extension'          => array( array( 'extensions' => 'j/g' ), array( 'extensions' => 'extensions: "j/g" cannot be one of extensions' ) ),
			'svg'                => array( array( 'extensions' => 'SVG' ), array( 'extensions' => 'extensions: "SVG" stays as it is: it has no pixels to scale' ) ),
			'class with a space' => array( array( 'exclude_classes' => 'a b' ), array( 'exclude_classes' => 'exclude_classes: "a b" cannot be one of exclude_classes' ) ),
			'list of lists'      => array( array( 'exclude_paths' => array( array() ) ), array( 'exclude_paths' => 'exclude_paths: a list of words is wanted' ) ),
		);
	}

	/**
	 * A dump shows nothing of the keys.
	 */
	public function test_dump_hides_the_keys(): void {
		$this->assertStringNotContainsString( '736563726574', print_r( Stage::settings(), true ) );
	}
}
