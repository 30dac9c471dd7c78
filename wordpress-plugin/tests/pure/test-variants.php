<?php
/**
 * Tests of Variants.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Original;
use Gip4all\Pure\Resolver;
use PHPUnit\Framework\TestCase;

/**
 * Which picture is asked for, how wide, and what the fragment says.
 */
final class Variants_Test extends TestCase {

	private const UP = 'https://site.example/blog/wp-content/uploads/2026/11/';

	/**
	 * Each file becomes a request.
	 *
	 * @dataProvider files
	 * @param string $file As written, after the upload folder.
	 * @param string $want Options, source after the folder, fragment.
	 */
	public function test_address( string $file, string $want ): void {
		$address = Stage::variants()->address( self::UP . $file );
		$this->assertSame( Stage::ENDPOINT . '/~' . str_replace( '@@', '/plain/' . self::UP, $want ), Stage::readable( (string) $address ) );
	}

	/**
	 * Files, and what is asked for; "@@" stands for the folder.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function files(): array {
		return array(
			'the original itself'              => array( 'photo.jpg', '/f:auto@@photo.jpg' ),
			'a sub-size'                       => array( 'photo-300x200.jpg', '/w:300/f:auto@@photo.jpg#2026/11/photo-300x200.jpg' ),
			'scaled down on upload'            => array( 'photo-scaled.jpg', '/w:2560/f:auto@@photo.jpg#2026/11/photo-scaled.jpg' ),
			'a sub-size with a query'          => array( 'photo-300x200.jpg?v=1', '/w:300/f:auto@@photo.jpg%3Fv=1#2026/11/photo-300x200.jpg%3Fv%3D1' ),
			'a hard crop keeps its file'       => array( 'photo-150x150.jpg', '/f:auto@@photo-150x150.jpg' ),
			'unknown to the library'           => array( 'poster-300x200.jpg', '/f:auto@@poster-300x200.jpg' ),
			// The original that WordPress names is from before the edit.
			'an edit is another picture'       => array( 'photo-e1600000000000.jpg', '/f:auto@@photo-e1600000000000.jpg' ),
			'a sub-size of an edit'            => array( 'edited-e1600000000000-300x300.jpg', '/w:300/f:auto@@edited-e1600000000000.jpg#2026/11/edited-e1600000000000-300x300.jpg' ),
			'turned on upload'                 => array( 'turned-225x300.jpg', '/w:225/f:auto@@turned-rotated.jpg#2026/11/turned-225x300.jpg' ),
			'non-Latin, escaped'               => array( 'Tr%C3%A4ger-300x200.jpg', '/w:300/f:auto@@Tr%25C3%25A4ger.jpg#2026/11/Tr%25C3%25A4ger-300x200.jpg' ),
			'non-Latin'                        => array( "Tr\u{e4}ger-300x200.jpg", '/w:300/f:auto@@Tr%C3%A4ger.jpg#2026/11/Tr%C3%A4ger-300x200.jpg' ),
			'at sign'                          => array( 'at@2x-300x200.jpg', '/w:300/f:auto@@at%402x.jpg#2026/11/at%402x-300x200.jpg' ),
			'larger than what it is made from' => array( 'lie-3000x2000.jpg', '/f:auto@@lie-3000x2000.jpg' ),
			'an original of another kind'      => array( 'heic-300x200.jpg', '/f:auto@@heic-300x200.jpg' ),
		);
	}

	/**
	 * Quality and format are as chosen; low is for visitors who save data.
	 */
	public function test_settings(): void {
		$variants = Stage::variants( null, array( 'quality' => 80, 'low_quality' => 30, 'format' => 'webp' ) );
		$this->assertStringContainsString( '/w:300/q:80/f:webp/', (string) $variants->address( self::UP . 'photo-300x200.jpg' ) );
		$this->assertStringContainsString( '/w:300/q:30/f:webp/', (string) $variants->address( self::UP . 'photo-300x200.jpg', null, true ) );
		$original = Stage::variants( Stage::ignorant(), array( 'format' => 'original' ) );
		$this->assertStringEndsWith( '/~/plain/' . self::UP . 'a.jpg', Stage::readable( (string) $original->address( self::UP . 'a.jpg' ) ) );
	}

	/**
	 * What was written in another way is in the fragment.
	 */
	public function test_written(): void {
		$variants = Stage::variants();
		$relative = '/blog/wp-content/uploads/2026/11/photo-300x200.jpg';
		$this->assertStringEndsWith( '/2026/11/photo.jpg#=' . $relative, (string) $variants->address( $relative ) );
		$this->assertStringEndsWith( '#=' . str_replace( ':', '%3A', self::UP ) . 'photo.jpg%3Fa%3D1%26amp%3Bb%3D2', (string) $variants->address( self::UP . 'photo.jpg?a=1&b=2', self::UP . 'photo.jpg?a=1&amp;b=2' ) );
	}

	/**
	 * CSS gets the file itself and no fragment.
	 */
	public function test_background(): void {
		$this->assertStringEndsWith( '/~/f:auto/plain/' . self::UP . 'photo-300x200.jpg', Stage::readable( (string) Stage::variants()->background( self::UP . 'photo-300x200.jpg' ) ) );
		$this->assertNull( Stage::variants()->background( 'https://other.example/a.jpg' ) );
	}

	/**
	 * New candidates are not near others, and not as wide as the original or wider.
	 */
	public function test_extra(): void {
		$variants = Stage::variants();
		$this->assertSame( array( 512, 1600, 2560 ), array_keys( $variants->extra( self::UP . 'photo-300x200.jpg', array( 360, 768, 1024 ) ) ) );
		$this->assertSame( array( 384, 512, 640 ), array_keys( $variants->extra( self::UP . 'small-300x200.png', array( 300, 900 ) ) ) );
		$this->assertSame( array(), $variants->extra( self::UP . 'photo-150x150.jpg', array( 150 ) ), 'a crop' );
		$this->assertSame( array(), $variants->extra( self::UP . 'poster-300x200.jpg', array( 300 ) ), 'unknown' );
		$this->assertSame( array(), $variants->extra( 'https://other.example/a.jpg', array( 300 ) ), 'not ours' );
		$this->assertStringEndsWith( '/w:384/f:auto/plain/' . self::UP . 'small.png#extra', Stage::readable( $variants->extra( self::UP . 'small.png', array( 900 ) )[384] ) );
	}

	/**
	 * An original in another folder is none of this file: its URL could not be written back.
	 */
	public function test_original_elsewhere(): void {
		$library = new class() implements Resolver {
			/**
			 * An original of last month.
			 *
			 * @param string $url Any URL.
			 */
			public function find( string $url ): ?Original {
				return new Original( str_replace( '/11/', '/10/', dirname( $url ) . '/photo.jpg' ), 3000, 2000, 300, 200 );
			}
		};
		$this->assertStringEndsWith( '/~/f:auto/plain/' . self::UP . 'photo-300x200.jpg', Stage::readable( (string) Stage::variants( $library )->address( self::UP . 'photo-300x200.jpg' ) ) );
		$this->assertStringContainsString( '/w:300/', (string) Stage::variants( $library )->address( 'https://media.example/2026/10/photo-300x200.jpg' ) );
	}

	/**
	 * A file is whole when its sides are those of the original, up to WordPress's rounding.
	 *
	 * @dataProvider shapes
	 * @param int[] $sizes Original and file.
	 * @param bool  $want  Whether it is whole.
	 */
	public function test_whole( array $sizes, bool $want ): void {
		$this->assertSame( $want, ( new Original( '', ...$sizes ) )->whole() );
	}

	/**
	 * Sizes and what they mean.
	 *
	 * @return array<int, array{int[], bool}>
	 */
	public function shapes(): array {
		return array(
			array( array( 3000, 2000, 300, 200 ), true ),
			array( array( 3000, 2000, 2560, 1707 ), true ),
			array( array( 3001, 1999, 150, 100 ), true ),
			array( array( 3000, 2000, 150, 150 ), false ),
			array( array( 3000, 2000, 300, 195 ), false ),
			array( array( 300, 200, 600, 400 ), false ),
			array( array( 0, 0, 300, 200 ), false ),
		);
	}
}
