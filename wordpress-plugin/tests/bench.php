<?php
/**
 * How long a page takes: 100 kB with 100 URLs of ours, on both engines, as the best of many
 * rounds (what the code costs when the machine leaves it alone), and as a ratio to the page's own
 * time: GIP4ALL_PAGE_MS, else 50 ms, which a warm page of a plain site takes.
 *
 * Run: GIP4ALL_WP=folder php tests/bench.php
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Scanner_Starts;

require __DIR__ . '/bootstrap.php';

const GIP4ALL_ROUNDS   = 200;
const GIP4ALL_PAGE     = 100000;
const GIP4ALL_OF_IMAGE = 'https://site.example/blog/wp-content/uploads/2026/11/';

/**
 * A page of about 100 kB: 20 images with a srcset of four make 100 URLs; a
 * third is inline style, as WordPress writes it, the rest text with links and a menu.
 */
function gip4all_page(): string {
	$up    = GIP4ALL_OF_IMAGE;
	$image = '<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="683" src="' . $up . 'photo-1024x683.jpg" alt="" class="wp-image-7" srcset="' . $up . 'photo-1024x683.jpg 1024w, ' . $up . 'photo-300x200.jpg 300w, ' . $up . 'photo-768x512.jpg 768w, ' . $up . 'photo-scaled.jpg 2560w" sizes="(max-width: 1024px) 100vw, 1024px"></figure>';
	$words = str_repeat( 'Some words that a reader reads. ', 12 );
	$text  = '<p class="has-text-align-left">' . $words . '<a href="https://site.example/blog/page/" title="A link">a link</a> and <strong>more</strong>.</p><li id="menu-item-7" class="menu-item menu-item-type-post_type"><a href="/blog/page/">item</a></li>';
	$fill  = str_repeat( $text, (int) ( ( 0.8 * GIP4ALL_PAGE / 20 - strlen( $image ) ) / strlen( $text ) ) );
	$style = '<style id="global-styles-inline-css">' . str_repeat( '.wp-block-button a{color:var(--wp--preset--color--white);padding:calc(0.667em + 2px)}', (int) ( 0.3 * GIP4ALL_PAGE / 85 ) ) . '</style>';
	return '<!DOCTYPE html><html><head>' . $style . '</head><body>' . str_repeat( $image . $fill, 20 ) . '</body></html>';
}

/**
 * How much longer ten times as much takes.
 *
 * @param callable $work  Takes a text.
 * @param string   $piece Repeated.
 * @param string   $end   Comes last.
 */
function gip4all_growth( callable $work, string $piece, string $end ): float {
	$times = array();
	foreach ( array( 4000, 40000 ) as $count ) {
		$best = INF;
		for ( $i = 0; $i < 5; $i++ ) {
			$time = hrtime( true );
			$work( str_repeat( $piece, $count ) . $end );
			$best = min( $best, hrtime( true ) - $time );
		}
		$times[] = $best;
	}
	return $times[1] / $times[0];
}

$gip4all_html = gip4all_page();
$gip4all_page = (float) ( getenv( 'GIP4ALL_PAGE_MS' ) ? getenv( 'GIP4ALL_PAGE_MS' ) : 50 );
printf( "%d kB, %d tags, %d URLs of ours\n", strlen( $gip4all_html ) / 1000, substr_count( $gip4all_html, '<' ), substr_count( $gip4all_html, GIP4ALL_OF_IMAGE ) );
foreach ( array( new Processor_Starts(), new Scanner_Starts() ) as $gip4all_engine ) {
	$gip4all_best = INF;
	for ( $gip4all_i = 0; $gip4all_i < GIP4ALL_ROUNDS; $gip4all_i++ ) {
		$gip4all_time = hrtime( true );
		Stage::rewriter( $gip4all_engine )->rewrite( $gip4all_html );
		$gip4all_best = min( $gip4all_best, ( hrtime( true ) - $gip4all_time ) / 1e6 );
	}
	printf( "%-17s %.2f ms, %.1f %% of a page of %g ms\n", substr( (string) strrchr( get_class( $gip4all_engine ), '\\' ), 1 ), $gip4all_best, 100 * $gip4all_best / $gip4all_page, $gip4all_page );
}

echo "\nPages made to be slow: how much longer ten times as much takes; 10 is in proportion.\n";
foreach ( Slow_Pages::pieces( GIP4ALL_OF_IMAGE ) as $gip4all_name => list( $gip4all_piece, $gip4all_end ) ) {
	printf( "%-17s %5.1f\n", $gip4all_name, gip4all_growth( array( Stage::rewriter( new Scanner_Starts() ), 'rewrite' ), $gip4all_piece, $gip4all_end ) );
}
foreach ( Slow_Pages::backs() as $gip4all_piece ) {
	printf( "back, %-11s %5.1f\n", substr( $gip4all_piece, -11 ), gip4all_growth( array( Stage::reverser(), 'reverse' ), $gip4all_piece, '' ) );
}
