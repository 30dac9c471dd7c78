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
	 * Pages made to be slow take time in proportion to their length: ten times as long may take
	 * thirty times as much, never a hundred.
	 *
	 * @dataProvider slow
	 * @param string $piece Repeated.
	 * @param string $end   Comes last.
	 */
	public function test_linear( string $piece, string $end ): void {
		$rewriter = Stage::rewriter( new Scanner_Starts() );
		$short    = self::seconds( $rewriter, str_repeat( $piece, 2000 ) . $end );
		$long     = self::seconds( $rewriter, str_repeat( $piece, 20000 ) . $end );
		$this->assertLessThan( 0.02 + 30 * $short, $long );
	}

	/**
	 * Pieces that a careless parser reads again and again.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function slow(): array {
		$image = '<img src="' . self::UP . 'photo.jpg">';
		return array(
			'comments'        => array( '<!--', $image ),
			'quotes'          => array( '<a "', $image ),
			'open values'     => array( '<a b="', $image ),
			'tags'            => array( '<a ', $image ),
			'slashes'         => array( '</', $image ),
			'scripts'         => array( '<script>', $image ),
			'styles'          => array( '<style></style>', $image ),
			'urls'            => array( 'url(', "<p style='url(" . self::UP . "photo.jpg)'>" ),
			'urls in a style' => array( 'x', '<style>' . str_repeat( 'url("', 3000 ) . self::UP . 'photo.jpg</style>' ),
			'commas'          => array( '<img srcset="' . self::UP . 'a.jpg,,,,,">', $image ),
			'pictures'        => array( '<picture>', $image ),
			'marks'           => array( '/blog/wp-content/uploads/', $image ),
		);
	}

	/**
	 * The way back is linear too.
	 */
	public function test_linear_back(): void {
		$reverser = Stage::reverser();
		$image    = (string) Stage::variants()->address( self::UP . 'photo-300x200.jpg' );
		$pieces   = array( Stage::ENDPOINT . '/', '<source data-gip4all=', ', ' . Stage::ENDPOINT . '/a#', 'a', '\\/', '\\u002d' );
		foreach ( $pieces as $piece ) {
			$text = str_repeat( $piece, 40000 );
			$time = microtime( true );
			$this->assertSame( $text . ' ' . self::UP . 'photo-300x200.jpg', $reverser->reverse( $text . ' ' . $image ), 'text after ' . $piece );
			$this->assertSame( Stage::ENDPOINT . '/' . $text, $reverser->reverse( Stage::ENDPOINT . '/' . $text ), 'one long URL of ' . $piece );
			$this->assertLessThan( 1, microtime( true ) - $time, $piece );
		}
	}

	/**
	 * The best of three times, which a busy machine disturbs least.
	 *
	 * @param \Gip4all\Html\Rewriter $rewriter Rewrites.
	 * @param string                 $html     The page.
	 */
	private static function seconds( \Gip4all\Html\Rewriter $rewriter, string $html ): float {
		$best = INF;
		for ( $i = 0; $i < 3; $i++ ) {
			$time = microtime( true );
			$rewriter->rewrite( $html );
			$best = min( $best, microtime( true ) - $time );
		}
		return $best;
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
