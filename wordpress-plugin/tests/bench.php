<?php
/**
 * How long a page takes: 100 kB with 100 images of ours, on both engines, and as a ratio to what
 * the page itself costs. Without WordPress that is taken as 50 ms, which is what a warm page of a
 * plain site takes: the facts of the rig say 50 to 100.
 *
 * Run: GIP4ALL_WP=folder php tests/bench.php. It fails above 5 ms.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Scanner_Starts;

require __DIR__ . '/bootstrap.php';

const GIP4ALL_PAGE_MS  = 50;
const GIP4ALL_MOST_MS  = 5;
const GIP4ALL_ROUNDS   = 200;
const GIP4ALL_PAGE     = 100000;
const GIP4ALL_OF_IMAGE = 'https://site.example/blog/wp-content/uploads/2026/11/';

/**
 * A page of about 100 kB: 20 images with a srcset of four make 100 URLs, and text with links.
 */
function gip4all_page(): string {
	$up    = GIP4ALL_OF_IMAGE;
	$image = '<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="683" src="' . $up . 'photo-1024x683.jpg" alt="" class="wp-image-7" srcset="' . $up . 'photo-1024x683.jpg 1024w, ' . $up . 'photo-300x200.jpg 300w, ' . $up . 'photo-768x512.jpg 768w, ' . $up . 'photo-scaled.jpg 2560w" sizes="(max-width: 1024px) 100vw, 1024px"></figure>';
	$text  = '<p class="has-text-align-left">Some <a href="https://site.example/blog/page/" title="A link">words</a> with <strong>tags</strong> in between.</p><li id="menu-item-7" class="menu-item menu-item-type-post_type">item</li>';
	$fill  = str_repeat( $text, (int) ( ( GIP4ALL_PAGE / 20 - strlen( $image ) ) / strlen( $text ) ) );
	return '<!DOCTYPE html><html><head></head><body>' . str_repeat( $image . $fill, 20 ) . '</body></html>';
}

$gip4all_html = gip4all_page();
$gip4all_slow = 0;
printf( "%d kB, %d URLs of ours\n", strlen( $gip4all_html ) / 1000, substr_count( $gip4all_html, GIP4ALL_OF_IMAGE ) );
foreach ( array( new Processor_Starts(), new Scanner_Starts() ) as $gip4all_engine ) {
	$gip4all_times = array();
	for ( $gip4all_i = 0; $gip4all_i < GIP4ALL_ROUNDS; $gip4all_i++ ) {
		$gip4all_time = hrtime( true );
		Stage::rewriter( $gip4all_engine )->rewrite( $gip4all_html );
		$gip4all_times[] = ( hrtime( true ) - $gip4all_time ) / 1e6;
	}
	sort( $gip4all_times );
	$gip4all_median = $gip4all_times[ GIP4ALL_ROUNDS / 2 ];
	$gip4all_slow   = max( $gip4all_slow, $gip4all_median );
	printf( "%-17s %.2f ms (median of %d), %.1f %% of a page of %d ms\n", substr( (string) strrchr( get_class( $gip4all_engine ), '\\' ), 1 ), $gip4all_median, GIP4ALL_ROUNDS, 100 * $gip4all_median / GIP4ALL_PAGE_MS, GIP4ALL_PAGE_MS );
}
exit( $gip4all_slow < GIP4ALL_MOST_MS ? 0 : 1 );
