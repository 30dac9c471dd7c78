<?php
/**
 * When images stay as they are.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * The customizer, cron, and filters of others that break.
 */
final class Guards_Test extends TestCase {

	/** Each filter that others can break us with. */
	private const FILTERS = array( 'gip4all_url', 'gip4all_skip', 'gip4all_attributes', 'gip4all_folders' );

	/**
	 * The releases.
	 *
	 * @return array<string, array{string}>
	 */
	public function releases(): array {
		return Rig::releases();
	}

	/**
	 * The customizer's preview is edited, and shows originals; so does the kill switch of an address.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_customizer( string $name ): void {
		$stand = Stand::of( $name );
		$page  = $stand->site->page( 'blocks' );
		$admin = $stand->site->as_administrator();
		$this->assertStringContainsString( Rig::proxy( 'endpoint' ), $admin->text( $page ), 'the page itself' );
		preg_match( '~"nonce":\{"save":"[0-9a-f]+","preview":"([0-9a-f]+)"~', $admin->text( '/wp-admin/customize.php' ), $nonce );
		$theme   = (string) $stand->site->value( 'get_stylesheet()' );
		$preview = $admin->text( "$page?customize_changeset_uuid=00000000-0000-4000-8000-000000000000&customize_theme=$theme&customize_messenger_channel=preview-0&nonce=$nonce[1]" );
		$this->assertStringContainsString( '_wpCustomizeSettings', $preview, 'it is a preview' );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), $preview );
		$this->assertStringContainsString( '/wp-content/uploads/', $preview );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), $stand->site->text( "$page?gip4all=off" ) );
	}

	/**
	 * What cron makes of a content is mailed or stored: originals.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_cron( string $name ): void {
		$stand = Stand::of( $name );
		$stand->site->run( "delete_option( 'rig_cron' ); wp_schedule_single_event( time() - 1, 'rig_cron', array( '" . $stand->site->page( 'blocks' ) . "' ) );" );
		$this->assertSame( 200, $stand->site->ask( '/wp-cron.php?doing_wp_cron' )->status );
		$made = (string) $stand->site->value( "get_option( 'rig_cron' )" );
		$this->assertStringContainsString( '/wp-content/uploads/', $made );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), $made );
		// The same as a page of a visitor would be led through the proxy: it is cron that keeps it.
		$this->assertStringContainsString( Rig::proxy( 'endpoint' ), $stand->site->text( $stand->site->page( 'blocks' ) ) );
	}

	/**
	 * A filter that throws costs the proxy, not the page; and saving still works.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_filter_that_throws( string $name ): void {
		$stand  = Stand::of( $name );
		$plugin = Rig::all()['sites'][ $name ]['folder'] . '/wp-content/mu-plugins/mu-throws.php';
		try {
			foreach ( self::FILTERS as $filter ) {
				file_put_contents( $plugin, "<?php\nadd_filter( '$filter', static function () { throw new Error( 'by a test' ); } );\n" );
				foreach ( array( '', '?rig_theme=gip4all-classic' ) as $theme ) {
					$page   = $stand->site->page( 'blocks' ) . $theme;
					$before = new Live_Page( $stand->before[ $page ] );
					$after  = new Live_Page( $stand->site->text( $page ) );
					$this->assertSame( $before->srcsets(), $after->srcsets(), "$filter, $page" );
					$this->assertSame( array_map( 'count', $before->images() )['img src'], array_map( 'count', $after->images() )['img src'], "$filter, $page" );
				}
				$id = (int) $stand->site->run( "wp_set_current_user( 1 ); echo wp_insert_post( array( 'post_title' => 'x', 'post_content' => '<p>saved</p>' ) );" );
				$this->assertSame( '<p>saved</p>', $stand->site->value( "get_post( $id )->post_content" ), $filter );
				$stand->site->run( "wp_delete_post( $id, true );" );
			}
		} finally {
			unlink( $plugin );
		}
	}

	/**
	 * A shop's answer: images of anonymous readers with the option, and else as they were.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_store_api( string $name ): void {
		$stand = Stand::of( $name );
		$stand->site->run( "update_option( 'rig_store_image', " . $stand->site->image( 'photo' ) . ' );' );
		$path   = '/wp-json/wc/store/v1/products';
		$before = (array) json_decode( $stand->site->text( $path ), true );
		$this->assertStringNotContainsString( Rig::proxy( 'endpoint' ), (string) json_encode( $before, JSON_UNESCAPED_SLASHES ) );
		$stand->settings( array( 'rest' => true ) );
		$after = (array) json_decode( $stand->site->text( $path ), true );
		foreach ( array( 'src', 'thumbnail' ) as $field ) {
			$this->assertStringStartsWith( Rig::proxy( 'endpoint' ) . '/', $after[0]['images'][0][ $field ] );
		}
		$candidates = explode( ', ', $after[0]['images'][0]['srcset'] );
		$this->assertGreaterThan( 4, count( $candidates ) );
		foreach ( $candidates as $candidate ) {
			$this->assertStringStartsWith( Rig::proxy( 'endpoint' ) . '/', $candidate );
			$this->assertSame( 200, Answer::of( (string) preg_replace( '~[# ].*~', '', $candidate ) )->status, $candidate );
		}
		foreach ( array( 'src', 'thumbnail', 'srcset' ) as $field ) {
			$before[0]['images'][0][ $field ] = $after[0]['images'][0][ $field ];
		}
		$this->assertSame( $before, $after, 'all else' );
		$stand->settings();
	}

	/**
	 * Mistakes are said in the site's language, and each kind has its words.
	 */
	public function test_mistakes_in_german(): void {
		$stand = Stand::of( Rig::newest() );
		$said  = (array) $stand->site->value(
			"( static function () {
				\$input = array( 'endpoint' => 'img', 'key' => 'x', 'format' => 'tiff', 'quality' => 101, 'widths' => '0', 'site' => array(), 'extensions' => 'svg', 'exclude_paths' => array( array() ), 'exclude_classes' => 'a b' );
				add_filter( 'pre_option_gip4all_settings', static function () use ( \$input ) { return \$input; } );
				\$english = Gip4all\\Options::mistakes();
				load_textdomain( 'gip4all', WP_PLUGIN_DIR . '/gip4all/languages/gip4all-de_DE.mo' );
				return array( \$english, Gip4all\\Options::mistakes() );
			} )()"
		);
		$this->assertCount( 9, $said[0] );
		foreach ( $said[0] as $name => $english ) {
			$this->assertStringStartsWith( "$name: ", $english );
			$this->assertStringStartsWith( "$name: ", $said[1][ $name ] );
			$this->assertNotSame( $english, $said[1][ $name ] );
		}
	}
}
