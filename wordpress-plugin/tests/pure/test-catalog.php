<?php
/**
 * The catalog: what is known of a file by its URL.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Catalog;
use PHPUnit\Framework\TestCase;

/**
 * Learns images of a site with a second domain, as WordPress keeps them.
 */
final class Catalog_Test extends TestCase {

	private const UPLOADS = array( 'https://site.example/wp-content/uploads', 'https://media.example/' );

	/**
	 * A photo that WordPress scaled down, with a name that needs encoding.
	 */
	private static function photo(): array {
		return array(
			'file'           => '2026/11/Äpfel@x-scaled.jpg',
			'width'          => 2560,
			'height'         => 1707,
			'original_image' => 'Äpfel@x.jpg',
			'sizes'          => array(
				'medium'    => array(
					'file'   => 'Äpfel@x-300x200.jpg',
					'width'  => 300,
					'height' => 200,
				),
				'thumbnail' => array(
					'file'   => 'Äpfel@x-150x150.jpg',
					'width'  => '150',
					'height' => '150',
				),
				'broken'    => 'no array',
			),
		);
	}

	/**
	 * Known files are found in every spelling and on every domain, others are not.
	 *
	 * @dataProvider files
	 * @param string      $url   What is asked about.
	 * @param string|null $facts The original and both sizes.
	 */
	public function test_find( string $url, ?string $facts ): void {
		$catalog = new Catalog( self::UPLOADS );
		$catalog->learn( self::photo() );
		$found = $catalog->find( $url );
		$this->assertSame( $facts, null === $found ? null : "$found->url $found->width $found->height $found->file_width $found->file_height" );
	}

	/**
	 * URLs by what is odd about them.
	 *
	 * @return array<string, array{string, string|null}>
	 */
	public function files(): array {
		$folder = 'https://site.example/wp-content/uploads/2026/11/';
		return array(
			'a size'                => array( $folder . '%C3%84pfel@x-300x200.jpg', $folder . '%C3%84pfel@x-scaled.jpg 2560 1707 300 200' ),
			'not encoded'           => array( $folder . 'Äpfel@x-150x150.jpg', $folder . '%C3%84pfel@x-scaled.jpg 2560 1707 150 150' ),
			'the largest itself'    => array( $folder . 'Äpfel%40x-scaled.jpg', $folder . 'Äpfel%40x-scaled.jpg 2560 1707 2560 1707' ),
			'the other domain'      => array( 'https://media.example/2026/11/Äpfel@x-300x200.jpg', 'https://media.example/2026/11/%C3%84pfel@x-scaled.jpg 2560 1707 300 200' ),
			'without a scheme'      => array( '//SITE.example/wp-content/uploads/2026/11/Äpfel@x-300x200.jpg', '//SITE.example/wp-content/uploads/2026/11/%C3%84pfel@x-scaled.jpg 2560 1707 300 200' ),
			// Its size is in no metadata, and it may be gone.
			'the untouched upload'  => array( $folder . 'Äpfel@x.jpg', null ),
			'another month'         => array( 'https://site.example/wp-content/uploads/2026/12/Äpfel@x-300x200.jpg', null ),
			'a neighbouring folder' => array( 'https://site.example/wp-content/uploads-old/2026/11/Äpfel@x-300x200.jpg', null ),
			'another host'          => array( 'https://other.example/wp-content/uploads/2026/11/Äpfel@x-300x200.jpg', null ),
		);
	}

	/**
	 * What is no metadata is ignored: other plugins filter it.
	 */
	public function test_junk(): void {
		$catalog = new Catalog( self::UPLOADS );
		foreach ( array( false, '', array(), array( 'file' => 7 ), array( 'sizes' => array() ) ) as $junk ) {
			$catalog->learn( $junk );
		}
		$catalog->learn( array( 'file' => 'sound.mp3' ) );
		$this->assertTrue( $catalog->knows( 'sound.mp3' ) );
		$found = $catalog->find( 'https://media.example/sound.mp3' );
		$this->assertNotNull( $found );
		$this->assertFalse( $found->whole(), 'without a size nothing can be scaled' );
	}
}
