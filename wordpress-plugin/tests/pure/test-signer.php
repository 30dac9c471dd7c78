<?php
/**
 * Tests of Signer.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Signer;
use PHPUnit\Framework\TestCase;

/**
 * The vectors that Go and TypeScript read, and mistakes.
 */
final class Signer_Test extends TestCase {

	/** A shortened file must not pass quietly. */
	private const FEWEST = 100;

	/**
	 * Every vector is signed to what it says, or is refused.
	 */
	public function test_vectors(): void {
		$file = json_decode( (string) file_get_contents( __DIR__ . '/../../../backend/vectors/sign.json' ), true );
		foreach ( $file['vectors'] as $v ) {
			$this->assertSame( $v['valid'], self::agrees( $v ), $v['id'] . ': ' . $v['comment'] );
		}
		$this->assertCount( $file['count'], $file['vectors'] );
		$this->assertGreaterThanOrEqual( self::FEWEST, $file['count'] );
	}

	/**
	 * Tells whether a vector's inputs sign to what it gives, and whether verify agrees.
	 *
	 * @param array<string, mixed> $v The vector.
	 */
	private static function agrees( array $v ): bool {
		try {
			switch ( $v['kind'] ) {
				case 'exact':
					$signer = new Signer( $v['key'], $v['salt'], $v['size'] );
					$signed = $signer->sign( $v['path'] ) === $v['signature'];
					return $signed && $signer->verify( $v['signature'], $v['path'] );
				case 'site':
					return ( new Signer( $v['key'], $v['salt'] ) )->site_token( $v['site'], $v['generation'] ) === $v['token'];
				default:
					return ( new Signer( $v['key'], $v['salt'] ) )->url_token( $v['site'], $v['generation'], $v['source'] ) === $v['token'];
			}
		} catch ( \InvalidArgumentException $refused ) {
			return false;
		}
	}

	/**
	 * What is not a signature does not verify, and throws nothing.
	 */
	public function test_verify_refuses(): void {
		$signer = new Signer( '736563726574', '68656c6c6f' );
		$path   = '/w:1/plain/local:///a.jpg';
		$this->assertTrue( $signer->verify( $signer->sign( $path ), $path ) );
		$this->assertFalse( $signer->verify( $signer->sign( $path ) . "\n", $path ) );
		$this->assertFalse( $signer->verify( '', $path ) );
		$this->assertFalse( $signer->verify( $signer->sign( $path ), '' ) );
		$this->assertFalse( $signer->verify( $signer->sign( $path ), substr( $path, 1 ) ) );
	}

	/**
	 * Mistakes name the input and quote no secret.
	 *
	 * @dataProvider mistakes
	 * @param callable $call Makes the mistake.
	 * @param string   $want What the message is.
	 */
	public function test_mistakes( callable $call, string $want ): void {
		$this->expectException( \InvalidArgumentException::class );
		$this->expectExceptionMessageMatches( '/\A' . preg_quote( $want, '/' ) . '\z/' );
		$call();
	}

	/**
	 * Mistakes and their messages.
	 *
	 * @return array<string, array{callable, string}>
	 */
	public function mistakes(): array {
		$make = static function ( string $key, string $salt, int $size = 32 ): callable {
			return static function () use ( $key, $salt, $size ): void {
				new Signer( $key, $salt, $size );
			};
		};
		return array(
			'key not hex'          => array( $make( '5ecreT', 'ab' ), 'the key is empty or not hexadecimal' ),
			'key of odd length'    => array( $make( 'abc', 'ab' ), 'the key is empty or not hexadecimal' ),
			'key empty'            => array( $make( '', 'ab' ), 'the key is empty or not hexadecimal' ),
			'salt with a line end' => array( $make( 'ab', "ab\n" ), 'the salt is empty or not hexadecimal' ),
			'size below'           => array( $make( 'ab', 'ab', 15 ), 'size 15 is not within 16 to 32' ),
			'size above'           => array( $make( 'ab', 'ab', 33 ), 'size 33 is not within 16 to 32' ),
			'no slash'             => array(
				static function (): void {
					( new Signer( 'ab', 'ab' ) )->sign( 'w:1' );
				},
				'path "w:1" does not begin with a slash',
			),
			'NUL in a name'        => array(
				static function (): void {
					( new Signer( 'ab', 'ab' ) )->site_token( "a\0b", 1 );
				},
				'the site\'s name holds a NUL',
			),
		);
	}

	/**
	 * A dump shows nothing of the key.
	 */
	public function test_dump_hides_the_key(): void {
		$this->assertStringNotContainsString( 'secret', print_r( new Signer( bin2hex( 'secret' ), bin2hex( 'hello' ) ), true ) );
	}
}
