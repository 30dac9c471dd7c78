<?php
/**
 * Properties of the rewriter, on random pages.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Scanner_Starts;
use PHPUnit\Framework\TestCase;

/**
 * Whatever a page holds, both engines agree, only URLs change, and the way back is exact.
 *
 * The seeds are fixed: a failure names the page's number, and comes again.
 */
final class Properties_Test extends TestCase {

	private const PAGES = 3000;

	private const UP = 'https://site.example/blog/wp-content/uploads/2026/11/';

	/** Pieces of pages, with those that parsers get wrong. "@" is an image of ours. */
	private const PIECES = array(
		'<img src="@">',
		"<img src='@' alt=it's>",
		'<img src=@>',
		'<img srcset="@ 300w, @ 600w" sizes=100vw src=@ >',
		'<img srcset="@ 1x,@ 2x,">',
		'<picture>',
		'</picture>',
		'<source srcset="@" media=print>',
		'<source srcset="@ 300w">',
		'<p style="background:url(@)">',
		'<p style="background:url(&quot;@&quot;)">',
		'<style>a{b:url("@")}',
		'</style>',
		'<style/>',
		'<script>',
		'</script>',
		'</script ',
		'<!--',
		'-->',
		'--!>',
		'<!-->',
		'<!--->',
		'<!',
		'<?',
		'</',
		'</>',
		'<textarea>',
		'</textarea>',
		'<title>',
		'</title>',
		'<template>',
		'<noscript>',
		'</noscript>',
		'<svg><image href="@"/></svg>',
		'<![CDATA[',
		']]>',
		'<a href="@">',
		'<video poster="@" data-src=@>',
		'<link rel=icon href="@">',
		'<img class="x no-gip" src="@">',
		'<img alt="',
		"<img alt='",
		'<img src="@',
		'<',
		'>',
		'"',
		"'",
		'=',
		'/',
		' ',
		"\n",
		'@',
		'text',
		'<p>',
		'</p>',
		"\0",
		"\u{732b}",
		"\xff",
		'&amp;',
		'url(',
		', ',
	);

	/** Images of ours; the last are not. */
	private const FILES = array( 'photo.jpg', 'photo-300x200.jpg', 'photo-150x150.jpg', 'small.png', 'a(1).jpg', 'a--b.jpg', "Tr\u{e4}ger-300x200.jpg", 'photo.jpg?v=1', 'logo.svg' );

	/**
	 * All properties on each page.
	 */
	public function test_random_pages(): void {
		$scanner   = Stage::rewriter( new Scanner_Starts() );
		$processor = Stage::rewriter( new Processor_Starts() );
		$changed   = 0;
		for ( $page = 1; $page <= self::PAGES; $page++ ) {
			$html = self::page( $page );
			$out  = $scanner->rewrite( $html );
			if ( ! self::misread_by_core( $html ) ) {
				$this->assertSame( $out, $processor->rewrite( $html ), "engines, page $page: $html" );
			}
			$this->assertSame( $out, $scanner->rewrite( $out ), "twice, page $page: $html" );
			$this->assertSame( $html, Stage::reverser()->reverse( $out ), "back, page $page: $html" );
			$changed += (int) ( $out !== $html );
		}
		$this->assertGreaterThan( self::PAGES / 4, $changed, 'pages that were changed at all' );
	}

	/**
	 * Tells whether this release's parser reads a page wrong: that of 6.8 misses the end of a script
	 * right after a "<".
	 *
	 * @param string $html The page.
	 */
	private static function misread_by_core( string $html ): bool {
		$found = iterator_to_array( ( new Processor_Starts() )->of( '<script><</script><p>' ), false );
		return array( 0, 18 ) !== $found && 1 === preg_match( '~</?</script~i', $html );
	}

	/**
	 * A page that is cut anywhere is still rewritten in the same way by both.
	 */
	public function test_cut_pages(): void {
		$html = '';
		foreach ( (array) glob( __DIR__ . '/../cases/*.html' ) as $place ) {
			$html .= file_get_contents( $place );
		}
		$scanner   = Stage::rewriter( new Scanner_Starts() );
		$processor = Stage::rewriter( new Processor_Starts() );
		for ( $length = 0; $length < strlen( $html ); $length += 31 ) {
			$cut = substr( $html, 0, $length );
			$this->assertSame( $scanner->rewrite( $cut ), $processor->rewrite( $cut ), "cut at $length" );
		}
	}

	/**
	 * On a long page of what a careless parser reads again and again, both engines agree, and it comes
	 * back. How long that takes is the bench's concern.
	 *
	 * @dataProvider slow
	 * @param string $piece Repeated.
	 * @param string $end   Comes last.
	 */
	public function test_long( string $piece, string $end ): void {
		$html = str_repeat( $piece, 2000 ) . $end;
		$done = Stage::rewriter( new Scanner_Starts() )->rewrite( $html );
		$this->assertSame( $done, Stage::rewriter( new Processor_Starts() )->rewrite( $html ) );
		$this->assertSame( $html, Stage::reverser()->reverse( $done ) );
	}

	/**
	 * Pieces that a careless parser reads again and again.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function slow(): array {
		return Slow_Pages::pieces( self::UP );
	}

	/**
	 * The way back gets through long texts, of which most is nearly ours.
	 */
	public function test_long_back(): void {
		$reverser = Stage::reverser();
		$image    = (string) Stage::variants()->address( self::UP . 'photo-300x200.jpg' );
		foreach ( Slow_Pages::backs() as $piece ) {
			$text = str_repeat( $piece, 40000 );
			$this->assertSame( $text . ' ' . self::UP . 'photo-300x200.jpg', $reverser->reverse( $text . ' ' . $image ), 'text after ' . $piece );
			$this->assertSame( Stage::ENDPOINT . '/' . $text, $reverser->reverse( Stage::ENDPOINT . '/' . $text ), 'one long URL of ' . $piece );
		}
	}

	/**
	 * A random page.
	 *
	 * @param int $seed Its number.
	 */
	private static function page( int $seed ): string {
		mt_srand( $seed );
		$html = '';
		for ( $i = mt_rand( 1, 25 ); $i > 0; $i-- ) {
			$piece = self::PIECES[ mt_rand( 0, count( self::PIECES ) - 1 ) ];
			$html .= str_replace( '@', self::UP . self::FILES[ mt_rand( 0, count( self::FILES ) - 1 ) ], $piece );
		}
		return $html;
	}
}
