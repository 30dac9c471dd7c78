<?php
/**
 * Tests of Rewriter beside the golden cases.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Rewriter;
use Gip4all\Html\Scanner_Starts;
use PHPUnit\Framework\TestCase;

/**
 * Style sheets, engines, and what WordPress looks for in a src.
 */
final class Rewriter_Test extends TestCase {

	private const UP = 'https://site.example/blog/wp-content/uploads/2026/11/';

	/**
	 * A style sheet by itself, such as the site's own custom CSS.
	 */
	public function test_css(): void {
		$rewriter = Stage::rewriter( new Scanner_Starts() );
		$css      = 'a>b{background:url("' . self::UP . 'photo.jpg")}/* <img src="' . self::UP . 'photo.jpg"> */';
		$out      = $rewriter->rewrite_css( $css );
		$this->assertSame( str_replace( 'url("', 'url("' . Stage::ENDPOINT . '/~/f:auto/plain/', $css ), Stage::readable( $out ) );
		$this->assertSame( $css, Stage::reverser()->reverse( $out ) );
	}

	/**
	 * A relative address in CSS comes back absolute: there is no fragment to say how it was.
	 */
	public function test_relative_css(): void {
		$rewriter = Stage::rewriter( new Scanner_Starts() );
		$out      = $rewriter->rewrite_css( 'a{b:url(/blog/wp-content/uploads/2026/11/photo.jpg)}' );
		$this->assertSame( 'a{b:url(' . self::UP . 'photo.jpg)}', Stage::reverser()->reverse( $out ) );
	}

	/**
	 * Core's parser is used where it is, and gives the same as the other.
	 */
	public function test_engine(): void {
		$this->assertTrue( Processor_Starts::here() );
		$html = '<p><img src="' . self::UP . 'photo-300x200.jpg"></p>';
		$best = new Rewriter( Stage::rules(), Stage::variants() );
		$this->assertSame( Stage::rewriter( new Scanner_Starts() )->rewrite( $html ), $best->rewrite( $html ) );
	}

	/**
	 * Every src still holds its file with year and month, which WordPress needs to make a srcset.
	 */
	public function test_src_holds_the_file(): void {
		foreach ( array( 'photo.jpg', 'photo-scaled.jpg', 'photo-300x200.jpg', 'photo-150x150.jpg', 'poster-300x200.jpg' ) as $file ) {
			$out = Stage::rewriter( new Scanner_Starts() )->rewrite( '<img src="' . self::UP . $file . '">' );
			$this->assertStringContainsString( '2026/11/' . $file . '"', $out );
		}
	}

	/**
	 * Without a media library every file is asked for at its own size, and none is added.
	 */
	public function test_ignorant(): void {
		$html = '<img src="' . self::UP . 'photo-300x200.jpg" srcset="' . self::UP . 'photo-300x200.jpg 300w, ' . self::UP . 'photo.jpg 3000w">';
		$out  = Stage::rewriter( new Scanner_Starts(), Stage::ignorant() )->rewrite( $html );
		$this->assertSame( str_replace( self::UP, Stage::ENDPOINT . '/~/f:auto/plain/' . self::UP, $html ), Stage::readable( $out ) );
	}
}
