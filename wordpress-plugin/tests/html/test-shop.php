<?php
/**
 * Tests with the markup and the JSON of a shop.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Json_Attribute;
use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Rewriter;
use Gip4all\Html\Scanner_Starts;
use Gip4all\Html\Srcset;
use Gip4all\Html\Tag_Starts;
use PHPUnit\Framework\TestCase;

/**
 * Gallery, zoom, and variations with the option and without.
 */
final class Shop_Test extends TestCase {

	private const UP = 'https://site.example/blog/wp-content/uploads/2026/11/';

	/**
	 * The engines.
	 *
	 * @return array<string, array{Tag_Starts}>
	 */
	public function engines(): array {
		return array(
			'processor' => array( new Processor_Starts() ),
			'scanner'   => array( new Scanner_Starts() ),
		);
	}

	/**
	 * A gallery: every image that is shown goes through the proxy, the zoom's at full size. The link
	 * stays, and so does a file that was sold.
	 *
	 * @dataProvider engines
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_gallery( Tag_Starts $engine ): void {
		$html = self::fixture( 'gallery.html' );
		$done = Stage::readable( Stage::rewriter( $engine )->rewrite( $html ) );
		foreach ( array( 'src', 'data-src', 'data-large_image', 'data-thumb' ) as $name ) {
			$this->assertMatchesRegularExpression( '~ ' . $name . '="https://img\.example/\~/~', $done, $name );
		}
		$this->assertStringContainsString( 'data-large_image="https://img.example/~/f:auto/plain/' . self::UP . 'photo.jpg#2026/11/photo-scaled.jpg"', self::resized( $done ) );
		$this->assertStringContainsString( '<a href="' . self::UP . 'photo-scaled.jpg">', $done );
		$this->assertStringContainsString( 'src="https://site.example/blog/wp-content/uploads/woocommerce_uploads/2026/11/photo.jpg"', $done );
		$this->assertSame( $html, Stage::reverser()->reverse( Stage::rewriter( $engine )->rewrite( $html ) ) );
	}

	/**
	 * Variations stay as they are unless the owner opted in; then only their images change.
	 *
	 * @dataProvider engines
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_variations( Tag_Starts $engine ): void {
		$html = self::fixture( 'variations.html' );
		$this->assertSame( $html, Stage::rewriter( $engine )->rewrite( $html ) );

		$rewriter = new Rewriter( Stage::rules(), Stage::variants(), $engine, true );
		$done     = $rewriter->rewrite( $html );
		$this->assertSame( $done, $rewriter->rewrite( $done ), 'twice is once' );
		$this->assertSame( $html, Stage::reverser()->reverse( $done ), 'the way back' );

		$before = self::variations( $html );
		$after  = self::variations( $done );
		foreach ( array( 'src', 'srcset', 'full_src', 'thumb_src', 'gallery_thumbnail_src' ) as $name ) {
			$this->assertStringStartsWith( Stage::ENDPOINT . '/', $after[0]['image'][ $name ], $name );
			$before[0]['image'][ $name ] = $after[0]['image'][ $name ];
		}
		$this->assertCount( 2, Srcset::read( $after[0]['image']['srcset'] ) );
		foreach ( Srcset::read( $after[0]['image']['srcset'] ) as $candidate ) {
			$this->assertStringStartsWith( Stage::ENDPOINT . '/', $candidate['url'] );
		}
		$this->assertSame( $before, $after, 'all else' );
	}

	/**
	 * JSON that is none stays.
	 */
	public function test_broken(): void {
		$json = new Json_Attribute( Stage::variants() );
		foreach ( array( '', '"src":', '{"src":"\\', '{"src":"' . self::UP . 'photo.jpg', '{"src":"\\ud800"}', '{&quot;src&quot;:"' . self::UP . 'photo.jpg"}', '{"srcset":7}' ) as $text ) {
			$this->assertSame( $text, $json->rewrite( $text ) );
		}
		$this->assertStringContainsString( Stage::ENDPOINT . '/', $json->rewrite( '{"src" : "' . self::UP . 'photo.jpg"}' ) );
	}

	/**
	 * A file of this folder.
	 *
	 * @param string $name Its name.
	 */
	private static function fixture( string $name ): string {
		return (string) file_get_contents( __DIR__ . '/../shop/' . $name );
	}

	/**
	 * HTML without widths that the cases do not speak of.
	 *
	 * @param string $html Readable HTML.
	 */
	private static function resized( string $html ): string {
		return (string) preg_replace( '~/\~/(?:w:2560/)f:auto/~', '/~/f:auto/', $html );
	}

	/**
	 * The variations of a form.
	 *
	 * @param string $html The form.
	 * @return array<int, array<string, mixed>>
	 */
	private static function variations( string $html ): array {
		preg_match( '~data-product_variations="([^"]*)"~', $html, $found );
		return (array) json_decode( html_entity_decode( $found[1], ENT_QUOTES, 'UTF-8' ), true, 64, JSON_THROW_ON_ERROR );
	}
}
