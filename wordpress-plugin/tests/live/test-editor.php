<?php
/**
 * What editors and machines read.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * Whatever can be stored is the same as without the plugin, byte for byte.
 */
final class Editor_Test extends TestCase {

	/**
	 * The sites.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function sites(): array {
		return Rig::sites();
	}

	/**
	 * The editor reads what it always read, also with everything opened that can be opened.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_editor_reads_the_same( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		foreach ( $stand->edited as $request => $said ) {
			$this->assertStringStartsWith( '200', $said, $request );
		}
		$this->assertSame( self::settled( $stand->edited ), self::settled( $stand->as_editor() ) );
		$stand->settings( array( 'rest' => true, 'feeds' => true, 'json' => true ) );
		$this->assertSame( self::settled( $stand->edited ), self::settled( $stand->as_editor() ) );
		$stand->settings();
	}

	/**
	 * Feeds, REST and sitemaps stay, until their owner opens feeds and REST.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_machines( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		foreach ( $stand->machines() as $address ) {
			$this->assertSame( self::settled( array( $stand->before[ $address ] ) ), self::settled( array( $stand->site->text( $address ) ) ), $address );
		}
		$stand->settings( array( 'rest' => true, 'feeds' => true ) );
		list( $feed, $posts, $media, $sitemap ) = $stand->machines();
		foreach ( array( $feed, $posts, $media ) as $address ) {
			$text = str_replace( '\\/', '/', $stand->site->text( $address ) );
			$this->assertGreaterThan( 20, substr_count( $text, Rig::proxy( 'endpoint' ) . '/' ), $address );
		}
		$this->assertNotNull( json_decode( $stand->site->text( $posts ) ) );
		$this->assertTrue( ( new \DOMDocument() )->loadXML( $stand->site->text( $feed ) ) );
		$this->assertSame( $stand->before[ $sitemap ], $stand->site->text( $sitemap ) );
		$stand->settings();
	}

	/**
	 * Whatever is pasted or sent, the database holds originals.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_saving( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		preg_match( '~<img[^>]* src="' . preg_quote( Rig::proxy( 'endpoint' ), '~' ) . '[^>]*>~', $stand->site->text( $stand->site->page( 'blocks' ) ), $image );
		$admin  = $stand->site->as_administrator();
		$root   = rtrim( $path, '/' );
		$answer = $admin->ask(
			"$root/wp-json/wp/v2/posts?context=edit",
			array( 'X-WP-Nonce: ' . $admin->nonce() ),
			array(
				'title'   => 'pasted',
				'status'  => 'draft',
				'content' => '<!-- wp:html -->' . $image[0] . '<!-- /wp:html -->',
			)
		);
		$post   = (array) json_decode( $answer->body, true );
		$this->assertSame( 201, $answer->status, $answer->body );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), $answer->body );
		$stored = (string) $stand->site->value( 'get_post( ' . (int) $post['id'] . ' )->post_content' );
		$this->assertStringContainsString( '/wp-content/uploads/', $stored );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), $stored );
		$stand->site->run( 'wp_delete_post( ' . (int) $post['id'] . ', true );' );
	}

	/**
	 * Texts without what changes by the hour.
	 *
	 * @param string[] $texts Texts.
	 * @return string[]
	 */
	private static function settled( array $texts ): array {
		return (array) preg_replace( array( '~<lastBuildDate>.*?</lastBuildDate>~', '~nonce=[0-9a-f]+~' ), '', $texts );
	}
}
