<?php
/**
 * Tests of Url_Builder.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Url_Builder;
use PHPUnit\Framework\TestCase;

/**
 * The vectors that Go reads, and what must be safe in HTML.
 */
final class Url_Builder_Test extends TestCase {

	/** A shortened file must not pass quietly: backend/vectors has that many valid URLs at least. */
	private const FEWEST = 440;

	/**
	 * Every canonical URL is written again from its options, in any order, and its source.
	 */
	public function test_vectors(): void {
		$ran = 0;
		foreach ( (array) glob( __DIR__ . '/../../../backend/vectors/url*.json' ) as $place ) {
			$file = json_decode( (string) file_get_contents( $place ), true );
			$this->assertCount( $file['count']['valid'], $file['valid'], $place );
			foreach ( $file['valid'] as $v ) {
				$this->vector( $v );
				++$ran;
			}
		}
		$this->assertGreaterThanOrEqual( self::FEWEST, $ran );
	}

	/**
	 * Checks one vector. Options that stand several times (pipelines, watermarks) are beyond this
	 * builder, which makes none; there only the source is compared.
	 *
	 * @param array<string, mixed> $v The vector.
	 */
	private function vector( array $v ): void {
		list( $head, $tail ) = explode( '/plain/', $v['canonical'], 2 );
		$this->assertSame( $tail, Url_Builder::escape( $v['source'] ), $v['name'] );
		$segments = array_filter( explode( '/', $head ) );
		$options  = array();
		foreach ( array_reverse( $segments ) as $segment ) {
			$pair                = explode( ':', $segment, 2 );
			$options[ $pair[0] ] = $pair[1] ?? '';
		}
		if ( count( $options ) === count( $segments ) && ! isset( $options['-'] ) && ! preg_grep( '/\Awm./', array_keys( $options ) ) ) {
			$this->assertSame( $head, Stage::builder()->options( $options ), $v['name'] );
		}
	}

	/**
	 * What is signed is what follows the signature, and the source can be read back, byte for byte.
	 *
	 * @dataProvider sources
	 * @param string $source An image's own URL.
	 * @param string $tail   How the path ends.
	 */
	public function test_source( string $source, string $tail ): void {
		$url = Stage::builder()->url( array( 'f' => 'auto', 'w' => 300, 'q' => '' ), $source );
		$this->assertSame( Stage::ENDPOINT . '/~/w:300/f:auto' . $tail, Stage::readable( $url ) );
		$this->assertSame( $source, Stage::builder()->source( $url ) );
		$this->assertMatchesRegularExpression( '~\A[A-Za-z0-9._:/%!$*+=-]+\z~', $url, 'safe anywhere' );
	}

	/**
	 * Sources: plain where that is safe, base64 where not.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function sources(): array {
		$u   = 'https://site.example/u/';
		$b64 = static function ( string $source ): string {
			return '/' . rtrim( strtr( base64_encode( $source ), '+/', '-_' ), '=' );
		};
		return array(
			'usual'             => array( $u . 'a-1.jpg', "/plain/{$u}a-1.jpg" ),
			'at sign'           => array( $u . 'a@2x.jpg', "/plain/{$u}a%402x.jpg" ),
			'space'             => array( $u . 'a b.jpg', "/plain/{$u}a%20b.jpg" ),
			'escape'            => array( $u . 'a%20b.jpg', "/plain/{$u}a%2520b.jpg" ),
			'query'             => array( $u . 'a.jpg?v=1', "/plain/{$u}a.jpg%3Fv=1" ),
			'umlaut'            => array( $u . "\u{e4}.jpg", "/plain/{$u}%C3%A4.jpg" ),
			'cat'               => array( $u . "\u{732b}.jpg", "/plain/{$u}%E7%8C%AB.jpg" ),
			'two query parts'   => array( $u . 'a.jpg?v=1&w=2', $b64( $u . 'a.jpg?v=1&w=2' ) ),
			'parentheses'       => array( $u . 'a(1).jpg', $b64( $u . 'a(1).jpg' ) ),
			'apostrophe'        => array( $u . "it's.jpg", $b64( $u . "it's.jpg" ) ),
			'comma'             => array( $u . 'a,b.jpg', $b64( $u . 'a,b.jpg' ) ),
			'semicolon'         => array( $u . 'a;b.jpg', $b64( $u . 'a;b.jpg' ) ),
			'looks like base64' => array( $u . 'plain/x:y/a.jpg', "/plain/{$u}plain/x:y/a.jpg" ),
		);
	}

	/**
	 * Other servers' URLs and pages of the endpoint have no source.
	 */
	public function test_no_source(): void {
		foreach ( array( 'https://other.example/x/plain/https://a/b.jpg', Stage::ENDPOINT . '/health', Stage::ENDPOINT . '/gip.js', Stage::ENDPOINT, '' ) as $url ) {
			$this->assertNull( Stage::builder()->source( $url ), $url );
		}
	}

	/**
	 * A misspelt option is a mistake of ours, and found at once.
	 */
	public function test_unknown_option(): void {
		$this->expectExceptionMessage( 'option "width" does not exist' );
		Stage::builder()->options( array( 'width' => 1 ) );
	}

	/**
	 * A filter changes a finished URL, unless that then needs escaping.
	 *
	 * @dataProvider filtered
	 * @param string      $given What the filter gives.
	 * @param string|null $used  What is used; null for the builder's own URL.
	 */
	public function test_filter( string $given, ?string $used ): void {
		$own     = Stage::builder()->url( array( 'w' => 300 ), 'https://site.example/a.jpg' );
		$seen    = array();
		$builder = new Url_Builder(
			Stage::ENDPOINT,
			Stage::settings()->signer(),
			static function ( string $url, string $source, array $options ) use ( $given, &$seen ): string {
				$seen = array( $url, $source, $options );
				return $given;
			}
		);
		$this->assertSame( $used ?? $own, $builder->url( array( 'w' => 300 ), 'https://site.example/a.jpg' ) );
		$this->assertSame( array( $own, 'https://site.example/a.jpg', array( 'w' => 300 ) ), $seen );
	}

	/**
	 * What a filter can give.
	 *
	 * @return array<string, array{string, string|null}>
	 */
	public function filtered(): array {
		return array(
			'another host'       => array( 'https://cdn.example/x/plain/a.jpg', 'https://cdn.example/x/plain/a.jpg' ),
			'a relative address' => array( '/img/a.jpg', '/img/a.jpg' ),
			'nothing'            => array( '', null ),
			'a quote'            => array( 'https://cdn.example/"onload=', null ),
			'a comma'            => array( 'https://cdn.example/a,b.jpg', null ),
			'a line'             => array( "https://cdn.example/a.jpg\n", null ),
			'a script'           => array( 'javascript:alert(1)', null ),
		);
	}
}
