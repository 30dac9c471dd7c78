<?php
/**
 * Tests of Reverser.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Reverser;
use Gip4all\Pure\Signer;
use Gip4all\Pure\Url_Builder;
use PHPUnit\Framework\TestCase;

/**
 * The ways a URL of the proxy can get into a post.
 */
final class Reverser_Test extends TestCase {

	private const UP = 'https://site.example/blog/wp-content/uploads/2026/11/';

	/**
	 * Plain text, HTML, CSS: the URL comes back and all around it stays.
	 */
	public function test_around(): void {
		$url = self::url( 'photo-300x200.jpg' );
		foreach ( array( '@', ' @ ', 'see @.', '(@)', '<img src="@">', "<img src='@'>", '<img src=@>', '@ 300w, @ 2x', 'url(@)', 'url(&quot;@&quot;)', '{"a":"@","b":[@]}', '@@' ) as $around ) {
			$text = str_replace( '@', $url . ( '@@' === $around ? ' ' : '' ), $around );
			$want = str_replace( '@', self::UP . 'photo-300x200.jpg' . ( '@@' === $around ? ' ' : '' ), $around );
			$this->assertSame( $want, Stage::reverser()->reverse( $text ), $around );
		}
	}

	/**
	 * JSON's spellings come back in the same spelling, in a block's comment and slashed for save.
	 */
	public function test_json(): void {
		$name = 'a--b-300x200.jpg';
		$url  = Stage::builder()->url( array( 'w' => 300 ), self::UP . $name );
		$back = self::UP . $name;
		$dash = array( '--' => '\\u002d\\u002d' );
		$this->assertSame( strtr( $back, $dash ), Stage::reverser()->reverse( strtr( $url, $dash ) ), 'block comment' );
		$this->assertSame( addslashes( strtr( $back, $dash ) ), Stage::reverser()->reverse( addslashes( strtr( $url, $dash ) ) ), 'slashed' );
		$this->assertSame( (string) json_encode( $back ), Stage::reverser()->reverse( (string) json_encode( $url ) ), 'json_encode' );
		$this->assertSame( addslashes( (string) json_encode( $back ) ), Stage::reverser()->reverse( addslashes( (string) json_encode( $url ) ) ), 'json_encode, slashed' );
	}

	/**
	 * A signature may hold two dashes where the original has none.
	 */
	public function test_dashes_in_a_signature(): void {
		for ( $width = 1; $width < 2000; $width++ ) {
			$url = Stage::builder()->url( array( 'w' => $width ), self::UP . 'a.jpg' );
			if ( false !== strpos( $url, '--' ) ) {
				break;
			}
		}
		$this->assertStringContainsString( '--', $url );
		$this->assertSame( self::UP . 'a.jpg', Stage::reverser()->reverse( str_replace( '--', '\\u002d\\u002d', $url ) ) );
	}

	/**
	 * A URL that was signed with a retired key finds its way back, and so does one with a long path
	 * to the proxy or a name with dashes.
	 */
	public function test_other_keys_and_endpoints(): void {
		$old = new Url_Builder( Stage::ENDPOINT, new Signer( 'ab', 'cd', 16 ) );
		$this->assertSame( self::UP . 'a.jpg', Stage::reverser()->reverse( $old->url( array(), self::UP . 'a.jpg' ) ) );
		$far = new Url_Builder( 'https://xn--bcher-kva.example:8443/a/b', new Signer( 'ab', 'cd' ) );
		$url = $far->url( array(), self::UP . 'a.jpg' );
		$this->assertSame( self::UP . 'a.jpg', ( new Reverser( $far ) )->reverse( $url ) );
		$this->assertSame( self::UP . 'a.jpg', ( new Reverser( $far ) )->reverse( str_replace( '--', '\\u002d\\u002d', $url ) ) );
	}

	/**
	 * What is not an image of the proxy stays: its pages, and hosts that begin like it.
	 */
	public function test_stays(): void {
		foreach ( array( '', 'text', Stage::ENDPOINT . '/gip.js', Stage::ENDPOINT . '/health?x=1', Stage::ENDPOINT, Stage::ENDPOINT . '.evil/x/plain/https://a/b.jpg', self::UP . 'a.jpg' ) as $text ) {
			$this->assertSame( $text, Stage::reverser()->reverse( $text ) );
		}
	}

	/**
	 * What the page did not have is taken out again.
	 */
	public function test_additions(): void {
		$set = self::UP . 'small-300x200.png 300w, ' . self::UP . 'small.png 900w';
		$in  = '<picture><img srcset="' . $set . '" sizes="(min-width: 5em) 9em" src="' . self::UP . 'small.png"></picture>';
		$out = Stage::rewriter( new \Gip4all\Html\Scanner_Starts() )->rewrite( $in );
		$this->assertStringContainsString( '#extra 512w', $out );
		$this->assertStringContainsString( '<source data-gip4all', $out );
		$this->assertSame( $in, Stage::reverser()->reverse( $out ) );
		$this->assertSame( addslashes( $in ), Stage::reverser()->reverse( addslashes( $out ) ), 'slashed for save' );
	}

	/**
	 * The proxy's URL of a file.
	 *
	 * @param string $file The file.
	 */
	private static function url( string $file ): string {
		return (string) Stage::variants()->address( self::UP . $file );
	}
}
