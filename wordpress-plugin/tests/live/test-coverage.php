<?php
/**
 * Coverage: every image of every page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * Each address of an upload in each place where a page shows one goes through the proxy, and what
 * the proxy is asked for comes.
 */
final class Coverage_Test extends TestCase {

	/** Fewest addresses that the pages of a site hold, so that an empty page does not pass. */
	private const FEWEST = 400;

	/**
	 * The sites.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function sites(): array {
		return Rig::sites();
	}

	/**
	 * 100 % of all places; nothing is lost on the way.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_matrix( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		$total = 0;
		foreach ( $stand->pages() as $page ) {
			$before = new Live_Page( $stand->before[ $page ] );
			$after  = new Live_Page( $stand->now( $page ) );
			$images = $after->images();
			foreach ( $before->images() as $place => $urls ) {
				$missed = array_values( preg_grep( '~^' . preg_quote( Rig::proxy( 'endpoint' ), '~' ) . '/~', $images[ $place ], PREG_GREP_INVERT ) );
				$this->assertSame( array(), $missed, "$page, $place" );
				$this->assertGreaterThanOrEqual( count( $urls ), count( $images[ $place ] ), "$page, $place" );
				$total += count( $urls );
			}
			$this->assertSame( $before->srcsets(), $after->srcsets(), "$page: images with a srcset" );
			$this->assertSame( $before->sized(), $after->sized(), "$page: images with width and height" );
		}
		$this->assertGreaterThan( self::FEWEST, $total );
	}

	/**
	 * Every address works: the proxy takes the signature, finds the original and makes the image.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_images_come( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		$urls  = array();
		foreach ( $stand->pages() as $page ) {
			$urls = array_merge( $urls, ...array_values( ( new Live_Page( $stand->now( $page ) ) )->images() ) );
		}
		$urls = array_unique( (array) preg_replace( '~#.*~', '', $urls ) );
		foreach ( $urls as $url ) {
			$answer = Answer::of( $url, array( CURLOPT_HTTPHEADER => array( 'Accept: image/webp,image/*' ) ) );
			$this->assertSame( 200, $answer->status, "$url: $answer->body" );
			$this->assertStringStartsWith( 'image/', $answer->headers['content-type'] );
			$size = getimagesizefromstring( $answer->body );
			$this->assertIsArray( $size, $url );
			if ( 1 === preg_match( '~/w:([0-9]+)/~', $url, $width ) ) {
				$this->assertSame( (int) $width[1], $size[0], $url );
			}
		}
		$this->assertGreaterThan( 40, count( $urls ) );
	}

	/**
	 * Not one byte but addresses: mapped back, the page is what it was, but for the plugin's own
	 * script and hint.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_bytes( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		$now   = array();
		foreach ( $stand->pages() as $page ) {
			$now[ $page ] = $stand->now( $page );
		}
		$file = (string) tempnam( sys_get_temp_dir(), 'gip4all' );
		file_put_contents( $file, serialize( $now ) );
		$all = (array) $stand->site->value( "array_map( array( Gip4all\\Site::current()->reverser, 'reverse' ), unserialize( (string) file_get_contents( " . var_export( $file, true ) . ' ) ) )' );
		unlink( $file );
		foreach ( $all as $page => $back ) {
			$back = (string) preg_replace( array( '~<script [^>]*fallback\.js[^>]*></script>\s*~', '~<link [^>]*href=[\'"]' . preg_quote( Rig::proxy( 'endpoint' ), '~' ) . '[\'"][^>]*>\s*~' ), '', $back );
			$this->assertSame( self::lines( $stand->before[ $page ] ), self::lines( $back ), $page );
		}
		$this->assertCount( count( $stand->pages() ), $all );
	}

	/**
	 * Lines without what changes from view to view.
	 *
	 * @param string $html A page.
	 * @return string[]
	 */
	private static function lines( string $html ): array {
		$html = (string) preg_replace( '~"nonce":"[0-9a-f]+"~', '"nonce":""', $html );
		return array_values( array_filter( array_map( 'trim', explode( "\n", $html ) ), 'strlen' ) );
	}
}
