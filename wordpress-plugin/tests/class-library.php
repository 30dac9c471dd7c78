<?php
/**
 * Library: a media library in memory.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Original;
use Gip4all\Pure\Resolver;

/**
 * Knows the images that the cases speak of, whatever the host and folder before year and month.
 */
final class Library implements Resolver {

	/** By file: the original's name and size, then the file's own size. */
	private const FILES = array(
		'photo.jpg'                           => array( 'photo.jpg', 3000, 2000, 3000, 2000 ),
		'photo-scaled.jpg'                    => array( 'photo.jpg', 3000, 2000, 2560, 1707 ),
		'photo-300x200.jpg'                   => array( 'photo.jpg', 3000, 2000, 300, 200 ),
		'photo-768x512.jpg'                   => array( 'photo.jpg', 3000, 2000, 768, 512 ),
		'photo-1024x683.jpg'                  => array( 'photo.jpg', 3000, 2000, 1024, 683 ),
		'photo-150x150.jpg'                   => array( 'photo.jpg', 3000, 2000, 150, 150 ),
		'small.png'                           => array( 'small.png', 900, 600, 900, 600 ),
		'small-300x200.png'                   => array( 'small.png', 900, 600, 300, 200 ),
		// After an edit WordPress still names the file from before it as the original.
		'photo-e1600000000000.jpg'            => array( 'photo.jpg', 3000, 2000, 1500, 1000 ),
		'edited-e1600000000000-300x300.jpg'   => array( 'edited-e1600000000000.jpg', 1000, 1000, 300, 300 ),
		'turned-225x300.jpg'                  => array( 'turned-rotated.jpg', 1200, 1600, 225, 300 ),
		'Tr%C3%A4ger-300x200.jpg'             => array( 'Tr%C3%A4ger.jpg', 1500, 1000, 300, 200 ),
		"Tr\u{e4}ger-300x200.jpg"             => array( "Tr\u{e4}ger.jpg", 1500, 1000, 300, 200 ),
		'at@2x-300x200.jpg'                   => array( 'at@2x.jpg', 600, 400, 300, 200 ),
		'lie-3000x2000.jpg'                   => array( 'lie.jpg', 300, 200, 3000, 2000 ),
		'heic-300x200.jpg'                    => array( 'heic.heic', 3000, 2000, 300, 200 ),
	);

	/**
	 * What is known of a file.
	 *
	 * @param string $url Its URL.
	 */
	public function find( string $url ): ?Original {
		$file = self::FILES[ basename( $url ) ] ?? null;
		return null === $file ? null : new Original( dirname( $url ) . '/' . $file[0], $file[1], $file[2], $file[3], $file[4] );
	}
}
