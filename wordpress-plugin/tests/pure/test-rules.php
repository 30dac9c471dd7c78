<?php
/**
 * Tests of Rules and File_Name.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\File_Name;
use PHPUnit\Framework\TestCase;

/**
 * Which URLs are ours, and what file names say.
 */
final class Rules_Test extends TestCase {

	/**
	 * Each URL has a source or none.
	 *
	 * @dataProvider urls
	 * @param string      $url  As written.
	 * @param string|null $want Its source.
	 */
	public function test_source( string $url, ?string $want ): void {
		$this->assertSame( $want, Stage::rules()->source( $url ) );
	}

	/**
	 * URLs and their sources; "=" is the same.
	 *
	 * @return array<string, array{string, string|null}>
	 */
	public function urls(): array {
		$up   = 'https://site.example/blog/wp-content/uploads/';
		$same = static function ( string $url ): array {
			return array( $url, $url );
		};
		return array(
			'usual'                      => $same( $up . '2026/11/photo.jpg' ),
			'other scheme'               => $same( 'http://site.example/blog/wp-content/uploads/a.jpg' ),
			'host in capitals'           => $same( 'https://Site.Example/blog/wp-content/uploads/a.jpg' ),
			'scheme in capitals'         => array( 'HTTPS://site.example/blog/wp-content/uploads/a.jpg', $up . 'a.jpg' ),
			'port that need not be said' => $same( 'https://site.example:443/blog/wp-content/uploads/a.jpg' ),
			'extension in capitals'      => $same( $up . 'A.JPG' ),
			'query'                      => $same( $up . 'a.jpg?v=1' ),
			'space, at and umlaut'       => $same( $up . "Tr\u{e4}ger 2@x.jpg" ),
			'upload domain'              => $same( 'https://media.example/a.jpg' ),
			'other site of the network'  => $same( 'https://site.example/two/wp-content/uploads/sites/2/a.jpg' ),
			'schemeless'                 => array( '//site.example/blog/wp-content/uploads/a.jpg', $up . 'a.jpg' ),
			'schemeless, upload domain'  => array( '//media.example/a.jpg', 'https://media.example/a.jpg' ),
			'relative to the root'       => array( '/blog/wp-content/uploads/a.jpg', $up . 'a.jpg' ),
			'escaped folder'             => $same( 'https://site.example/blog/wp%2Dcontent/uploads/a.jpg' ),

			'another folder'             => array( 'https://site.example/blog/wp-content/uploads-old/a.jpg', null ),
			'site at the root'           => array( 'https://site.example/wp-content/uploads/a.jpg', null ),
			'another host'               => array( 'https://other.example/blog/wp-content/uploads/a.jpg', null ),
			'another port'               => array( 'https://site.example:8443/blog/wp-content/uploads/a.jpg', null ),
			'a user'                     => array( 'https://me@site.example/blog/wp-content/uploads/a.jpg', null ),
			'our host as a user'         => array( 'https://site.example@evil.example/blog/wp-content/uploads/a.jpg', null ),
			'out of the folder'          => array( $up . '../../secret.jpg', null ),
			'out of it, escaped'         => array( $up . '%2e%2e/%2e%2e/secret.jpg', null ),
			'backslash'                  => array( $up . 'a\\b.jpg', null ),
			'escaped backslash'          => array( $up . 'a%5Cb.jpg', null ),
			'NUL'                        => array( $up . 'a%00b.jpg', null ),
			'line end'                   => array( $up . "a\nb.jpg", null ),
			'not UTF-8'                  => array( $up . "a\xe4.jpg", null ),
			'fragment'                   => array( $up . 'a.jpg#xywh=1', null ),
			'svg'                        => array( $up . 'a.svg', null ),
			'ico'                        => array( $up . 'a.ico', null ),
			'no extension'               => array( $up . 'a', null ),
			'video'                      => array( $up . 'a.mp4', null ),
			'extension in the query'     => array( $up . 'a.php?x=.jpg', null ),
			'excluded folder'            => array( $up . 'woocommerce_uploads/a.jpg', null ),
			'excluded by the owner'      => array( $up . 'private/a.jpg', null ),
			'excluded, escaped'          => array( $up . '%70rivate/a.jpg', null ),
			'already on its way'         => array( Stage::ENDPOINT . '/s/plain/' . $up . 'a.jpg', null ),
			'data'                       => array( 'data:image/png;base64,AAAA', null ),
			'no escape'                  => array( $up . '100%.jpg', null ),
			'no escape in the query'     => array( $up . 'a.jpg?100%', null ),
			'blob'                       => array( 'blob:' . $up . 'a.jpg', null ),
			'relative to the page'       => array( 'wp-content/uploads/a.jpg', null ),
			'scheme without a host'      => array( 'https:/blog/wp-content/uploads/a.jpg', null ),
			'empty'                      => array( '', null ),
		);
	}

	/**
	 * A proxy under the site's own host is recognized before the folder.
	 */
	public function test_endpoint_inside_uploads(): void {
		$rules = Stage::rules( array( 'endpoint' => 'https://media.example/proxy' ) );
		$this->assertNull( $rules->source( 'https://media.example/proxy/sig/plain/https://media.example/a.jpg' ) );
		$this->assertSame( 'https://media.example/proxy.jpg', $rules->source( 'https://media.example/proxy.jpg' ) );
	}

	/**
	 * Patterns match whole paths; without a star a part is enough.
	 */
	public function test_exclude_paths(): void {
		$source = static function ( string $rule ): ?string {
			return Stage::rules( array( 'exclude_paths' => array( $rule ) ) )->source( '/blog/wp-content/uploads/2026/11/team-logo.png' );
		};
		foreach ( array( 'logo', '*logo*', '*.png', '/blog/*/2026/*/team-*.png', '*' ) as $rule ) {
			$this->assertNull( $source( $rule ), $rule );
		}
		foreach ( array( 'Logo', 'logo*', '*logo', '*.png*.png', '/blog/*.jpg' ) as $rule ) {
			$this->assertNotNull( $source( $rule ), $rule );
		}
	}

	/**
	 * The owner's own filter can leave a URL alone.
	 */
	public function test_skip(): void {
		$rules = Stage::rules(
			array(),
			static function ( string $source ): bool {
				return false !== strpos( $source, 'skip' );
			}
		);
		$this->assertNull( $rules->source( 'https://media.example/skip.jpg' ) );
		$this->assertNotNull( $rules->source( 'https://media.example/keep.jpg' ) );
	}

	/**
	 * Tags are excluded by class, by attribute, and by an attribute's value.
	 */
	public function test_excludes(): void {
		$rules = Stage::rules( array( 'exclude_attributes' => array( 'data-no-gip', 'data-role=logo' ) ) );
		$this->assertTrue( $rules->excludes( array( 'class' => "a  no-gip\nb" ) ) );
		$this->assertFalse( $rules->excludes( array( 'class' => 'no-gip-really' ) ) );
		$this->assertTrue( $rules->excludes( array( 'data-no-gip' => '' ) ) );
		$this->assertTrue( $rules->excludes( array( 'data-role' => 'logo' ) ) );
		$this->assertFalse( $rules->excludes( array( 'data-role' => 'hero' ) ) );
	}

	/**
	 * The name without its size is what all sizes share.
	 */
	public function test_stem(): void {
		$this->assertSame( 'photo-e1600000000000', ( new File_Name( 'a/photo-e1600000000000-300x200.jpg' ) )->stem );
		$this->assertSame( 'photo-scaled', ( new File_Name( 'photo-scaled.jpg' ) )->stem );
	}

	/**
	 * Names say what they say.
	 *
	 * @dataProvider names
	 * @param string                             $name A file.
	 * @param array{int, int, string, string} $want Width, height, edit and extension.
	 */
	public function test_file_name( string $name, array $want ): void {
		$file = new File_Name( $name );
		$this->assertSame( $want, array( $file->width, $file->height, $file->edit, $file->extension ) );
	}

	/**
	 * Names and what they say.
	 *
	 * @return array<int, array{string, array{int, int, string, string}}>
	 */
	public function names(): array {
		return array(
			array( 'photo.jpg', array( 0, 0, '', 'jpg' ) ),
			array( 'https://a/2026/photo-300x200.JPG?x=1.png', array( 300, 200, '', 'jpg' ) ),
			array( 'photo-scaled.jpg', array( 0, 0, '', 'jpg' ) ),
			array( 'photo-rotated.jpg', array( 0, 0, '', 'jpg' ) ),
			array( 'photo-e1600000000000-300x200.jpg', array( 300, 200, '1600000000000', 'jpg' ) ),
			array( 'photo-scaled-e1600000000000.jpg', array( 0, 0, '1600000000000', 'jpg' ) ),
			array( 'photo-e1600000000000-scaled.jpg', array( 0, 0, '1600000000000', 'jpg' ) ),
			array( 'photo-e16.jpg', array( 0, 0, '', 'jpg' ) ),
			array( 'photo-0x200.jpg', array( 0, 0, '', 'jpg' ) ),
			array( '300x200.jpg', array( 0, 0, '', 'jpg' ) ),
			array( '猫-1024x683.webp', array( 1024, 683, '', 'webp' ) ),
			array( 'photo', array( 0, 0, '', '' ) ),
		);
	}
}
