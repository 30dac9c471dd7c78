<?php
/**
 * Tests of Data_Images.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Data_Images;
use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Scanner_Starts;
use Gip4all\Html\Tag_Starts;
use PHPUnit\Framework\TestCase;

/**
 * Both engines find the same, and what goes out comes back.
 */
final class Data_Images_Test extends TestCase {

	private const A = 'data:image/png;base64,AAAA';
	private const B = 'DATA:image/jpeg;base64,BBBB';

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
	 * Finds each image once, and no more than images.
	 *
	 * @dataProvider engines
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_find( Tag_Starts $engine ): void {
		$html = '<p><img src="' . self::A . '"><IMG alt="" SRC=\'' . self::B . '\'><img src="' . self::A . '"></p>'
			. '<img src="data:image/gif;base64,CCCC" data-src="/a.jpg"><img src="data:image/gif;base64,CCCC" data-srcset="/a.jpg 1x"><!-- <img src="data:image/gif;base64,DDDD"> -->'
			. '<script>"<img src=\"data:image/gif;base64,DDDD\">"</script><a href="data:image/gif;base64,DDDD">a</a><img src="/b.png"><image src="data:image/gif;base64,DDDD">';
		$this->assertSame( array( self::A, self::B ), ( new Data_Images( $engine ) )->find( $html ) );
		$this->assertSame( array(), ( new Data_Images( $engine ) )->find( 'data:image/png in words' ) );
	}

	/**
	 * Replaces an image and its block, and nothing beside them.
	 *
	 * @dataProvider engines
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_there_and_back( Tag_Starts $engine ): void {
		$before = '<!-- wp:cover {"url":"' . self::A . '","dimRatio":50} --><div><img  class=x src="' . self::A . '" alt=\'"\'></div><!-- /wp:cover --><a href="' . self::A . '">a</a>';
		$after  = '<!-- wp:cover {"url":"/u/a.png","dimRatio":50} --><div><img  class=x src="/u/a.png" alt=\'"\'></div><!-- /wp:cover --><a href="' . self::A . '">a</a>';
		$images = new Data_Images( $engine );
		$this->assertSame( $after, $images->replace( $before, array( self::A => '/u/a.png' ) ) );
		$this->assertSame( $before, $images->replace( $after, array( '/u/a.png' => self::A ) ) );
	}

	/**
	 * An image of megabytes is no work.
	 *
	 * @dataProvider engines
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_large( Tag_Starts $engine ): void {
		$url  = 'data:image/png;base64,' . str_repeat( 'A', 8000000 );
		$html = '<p>a</p><img src="' . $url . '"><p>b</p>';
		$this->assertSame( array( $url ), ( new Data_Images( $engine ) )->find( $html ) );
		$this->assertSame( '<p>a</p><img src="/x.png"><p>b</p>', ( new Data_Images( $engine ) )->replace( $html, array( $url => '/x.png' ) ) );
	}
}
