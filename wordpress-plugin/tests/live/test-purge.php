<?php
/**
 * Tests of what the proxy forgets.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * An image that changes in WordPress is made anew by the proxy, in whatever spelling it was asked for.
 */
final class Purge_Test extends TestCase {

	/**
	 * The sites.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function sites(): array {
		return Rig::sites();
	}

	/**
	 * Replaced, edited, deleted: a hit before, none after.
	 *
	 * @dataProvider sites
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public function test_changes( string $name, string $path ): void {
		$stand = Stand::of( $name, $path );
		foreach ( array( 'rig_copy( "forget me (1).jpg", 640, 480 )', 'rig_upload( "\u{5199}\u{771f} 2.jpg", 640, 480 )' ) as $make ) {
			$id   = (int) self::with_pictures( $stand, "echo $make;" );
			$urls = self::addresses( $stand, $id );
			$this->assertGreaterThan( 2, count( $urls ) );

			$before = $this->cached( $urls );
			self::with_pictures( $stand, "copy( rig_draw( 'jpg', 660, 480 ), get_attached_file( $id ) ); wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, get_attached_file( $id ) ) );" );
			$this->assertNotSame( $before, $this->forgotten( $urls ), 'replaced' );

			$this->cached( $urls );
			self::with_pictures( $stand, "rig_edit( $id );" );
			$this->forgotten( $urls );

			$edited = self::addresses( $stand, $id );
			$this->assertNotSame( $urls, $edited );
			$this->cached( $edited );
			$admin = $stand->site->as_administrator();
			$this->assertSame( 200, $admin->ask( rtrim( $path, '/' ) . "/wp-json/wp/v2/media/$id?force=true", array( 'X-WP-Nonce: ' . $admin->nonce(), 'X-HTTP-Method-Override: DELETE' ), array( 'force' => 'true' ) )->status );
			foreach ( $edited as $url ) {
				$this->until( $url, static function ( Answer $answer ): bool {
					return 404 === $answer->status;
				} );
			}
		}
	}

	/**
	 * The button: all images of this site, and none of another.
	 */
	public function test_button(): void {
		$stand = Stand::of( Rig::newest() );
		$urls  = self::addresses( $stand, $stand->site->image( 'photo' ) );
		$this->cached( $urls );
		$this->assertMatchesRegularExpression( '~notice-success[^>]*>\s*<p><strong>[1-9][0-9,]* images? (?:was|were) purged\.~', $stand->site->as_administrator()->press( 'gip4all_purge' ) );
		$this->forgotten( $urls );
		$stand->settings( array( 'token' => 'wrong' ) );
		$this->assertStringContainsString( 'The proxy refused the admin token.', $stand->site->as_administrator()->press( 'gip4all_purge' ) );
		$stand->settings();
	}

	/**
	 * Addresses of an image as pages have them: the library's own, and as people type one.
	 *
	 * @param Stand $stand The site.
	 * @param int   $id    The attachment.
	 * @return string[]
	 */
	private static function addresses( Stand $stand, int $id ): array {
		$urls = (array) $stand->site->value(
			"( static function () {
				\$site = Gip4all\\Site::current();
				\$own  = wp_get_attachment_url( $id );
				\$urls = array( \$site->variants->background( \$own ) );
				\$site->library->learn( wp_get_attachment_metadata( $id ) );
				foreach ( array( \$own, str_replace( ' ', '%20', \$own ), wp_get_attachment_image_url( $id, 'medium' ), wp_get_attachment_image_url( $id, 'thumbnail' ) ) as \$url ) {
					\$urls[] = \$site->variants->address( \$url );
				}
				return \$urls;
			} )()"
		);
		return array_values( array_unique( (array) preg_replace( '~#.*~', '', $urls ) ) );
	}

	/**
	 * Asks until all are in the proxy's cache, and gives what they are.
	 *
	 * @param string[] $urls The proxy's.
	 * @return string[]
	 */
	private function cached( array $urls ): array {
		$bodies = array();
		foreach ( $urls as $url ) {
			$bodies[] = $this->until( $url, array( self::class, 'is_hit' ) )->body;
		}
		return $bodies;
	}

	/**
	 * Asks until none is out of the cache, and gives what they are now. The plugin does not wait for
	 * the proxy, so the first look can come too early.
	 *
	 * @param string[] $urls The proxy's.
	 * @return string[]
	 */
	private function forgotten( array $urls ): array {
		$bodies = array();
		foreach ( $urls as $url ) {
			$bodies[] = $this->until( $url, static function ( Answer $answer ): bool {
				return 200 === $answer->status && ! self::is_hit( $answer );
			} )->body;
		}
		return $bodies;
	}

	/**
	 * Tells whether an answer came out of the proxy's cache.
	 *
	 * @param Answer $answer The answer.
	 */
	public static function is_hit( Answer $answer ): bool {
		return 200 === $answer->status && in_array( $answer->headers['x-gip-cache'] ?? '', array( 'memory', 'disk' ), true );
	}

	/**
	 * Asks the proxy until its answer is as wanted.
	 *
	 * @param string   $url    What.
	 * @param callable $wanted Takes an answer.
	 */
	private function until( string $url, callable $wanted ): Answer {
		for ( $tries = 0; $tries < 50; $tries++ ) {
			$answer = Answer::of( $url, array( CURLOPT_HTTPHEADER => array( 'Accept: image/webp,image/*' ) ) );
			if ( $wanted( $answer ) ) {
				$this->addToAssertionCount( 1 );
				return $answer;
			}
			usleep( 100000 );
		}
		$this->fail( "never happened: $url, status $answer->status, " . json_encode( $answer->headers ) );
	}

	/**
	 * Runs code that draws and uploads.
	 *
	 * @param Stand  $stand The site.
	 * @param string $code  PHP.
	 */
	private static function with_pictures( Stand $stand, string $code ): string {
		$admin = "foreach ( array( 'image', 'file', 'media', 'image-edit' ) as \$part ) { require_once ABSPATH . \"wp-admin/includes/\$part.php\"; }";
		return $stand->site->run( "$admin require_once " . var_export( dirname( __DIR__ ) . '/rig/pictures.php', true ) . "; mt_srand( random_int( 0, 1 << 30 ) ); wp_set_current_user( 1 ); $code" );
	}
}
