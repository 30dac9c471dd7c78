<?php
/**
 * What a site does when its proxy is ill, and what is left when the plugin goes.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * One page view may still name the proxy; its browser reports, and the next does not.
 */
final class Failover_Test extends TestCase {

	/**
	 * The releases.
	 *
	 * @return array<string, array{string}>
	 */
	public function releases(): array {
		return Rig::releases();
	}

	/**
	 * Leaves the sites as they were.
	 */
	protected function tearDown(): void {
		foreach ( Rig::releases() as list( $name ) ) {
			Rig::mood( $name, 'well' );
		}
	}

	/**
	 * What a proxy can have. Waiting is the same in all releases, and done in one.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function illnesses(): array {
		$cases = array();
		foreach ( Rig::releases() as $title => list( $name ) ) {
			foreach ( 'wp71' === $name ? array( '500', 'keys', 'slow' ) : array( '500', 'keys' ) as $mood ) {
				$cases[ "$title, $mood" ] = array( $name, $mood );
			}
		}
		return $cases;
	}

	/**
	 * Ill, reported, gone; well, checked, back. Site Health says what it is, and the dashboard too.
	 *
	 * @dataProvider illnesses
	 * @param string $name Its name in the rig.
	 * @param string $mood What the proxy has.
	 */
	public function test_ill_and_back( string $name, string $mood ): void {
		$says  = array(
			'500'  => 'The proxy answered with an error',
			'keys' => 'Key and salt must be exactly those of the proxy',
			'slow' => 'The proxy did not answer in time',
		);
		$stand = Stand::of( $name );
		$stand->settings( array( 'endpoint' => Rig::proxy( 'front' ) ) );
		$this->assertTrue( self::proxied( $stand ) );
		$this->assertSame( 'good', $stand->site->value( 'Gip4all\\Health\\Site_Health::proxy()' )['status'] );
		Rig::mood( $name, $mood );
		self::report( $stand );
		$this->assertSame( $stand->before[ $stand->site->page( 'blocks' ) ], $stand->site->text( $stand->site->page( 'blocks' ) ) );
		$health = (array) $stand->site->value( 'Gip4all\\Health\\Site_Health::proxy()' );
		$this->assertSame( 'critical', $health['status'] );
		$this->assertStringContainsString( $says[ $mood ], $health['description'] );
		$this->assertMatchesRegularExpression( '~id="gip4all-notice"><p>The image proxy failed[^<]*' . $says[ $mood ] . '~', $stand->site->as_administrator()->text( '/wp-admin/index.php' ) );

		Rig::mood( $name, 'well' );
		$stand->site->run( "\$s = get_option( 'gip4all_state' ); \$s['next'] = 0; update_option( 'gip4all_state', \$s ); delete_transient( 'gip4all_bound' ); do_action( 'gip4all_check' );" );
		$this->assertTrue( self::proxied( $stand ), 'well again' );
		$stand->settings();
	}

	/**
	 * A proxy that is gone.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_down( string $name ): void {
		$stand = Stand::of( $name );
		// As if the proxy had gone, not the settings changed: they keep their proof.
		$stand->site->run( "\$s = array_merge( get_option( 'gip4all_settings' ), array( 'endpoint' => 'http://127.0.0.1:9' ) ); update_option( 'gip4all_settings', \$s ); \$t = Gip4all\\Health\\State::get(); \$t['tested'] = Gip4all\\Options::fingerprint(); \$t['up'] = true; update_option( 'gip4all_state', \$t ); delete_transient( 'gip4all_bound' );" );
		self::report( $stand );
		$this->assertSame( $stand->before[ $stand->site->page( 'classic' ) ], $stand->site->text( $stand->site->page( 'classic' ) ) );
		$stand->settings();
		$this->assertTrue( self::proxied( $stand ), 'mended' );
	}

	/**
	 * The button "Test connection" says what is wrong in words that lead to it.
	 *
	 * @dataProvider endpoints
	 * @param string $endpoint What was typed; a path is one of the site's own.
	 * @param string $says     The answer.
	 */
	public function test_button( string $endpoint, string $says ): void {
		$stand    = Stand::of( Rig::newest() );
		$endpoint = '/' === $endpoint[0] ? $stand->site->origin() . $endpoint : $endpoint;
		$stand->site->run( "update_option( 'gip4all_settings', array( 'endpoint' => '$endpoint' ) + get_option( 'gip4all_settings' ) );" );
		$admin = $stand->site->as_administrator();
		$page  = $admin->press( 'gip4all_test' );
		preg_match( '~<div id=.setting-error-gip4all-test. class=.notice (notice-[a-z]+)[^>]*>\s*<p><strong>([^<]*)~', $page, $notice );
		$this->assertSame( 'notice-error', $notice[1] ?? '' );
		$this->assertStringContainsString( $says, $notice[2] );
		$this->assertStringContainsString( 'data-on="0"', $page );
		$stand->settings();
		$this->assertStringContainsString( 'The proxy delivered an image of this site.', $admin->press( 'gip4all_test' ) );
	}

	/**
	 * Endpoints and what is wrong with them.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function endpoints(): array {
		return array(
			'no such name'   => array( 'http://nowhere.invalid', 'The endpoint&#039;s host name is not known in DNS' ),
			'another server' => array( '/wp-json', 'The proxy answered &quot;not found&quot; (404)' ),
			'nobody there'   => array( 'http://127.0.0.1:9', 'Nothing answers at the endpoint' ),
		);
	}

	/**
	 * An image whose file is gone says nothing of the proxy.
	 */
	public function test_newest_image_is_gone(): void {
		$stand = Stand::of( Rig::newest() );
		$id    = (int) $stand->site->run( "echo wp_insert_attachment( array( 'post_mime_type' => 'image/jpeg', 'post_title' => 'gone' ), wp_upload_dir()['path'] . '/gone.jpg' );" );
		$this->assertStringContainsString( 'The proxy delivered an image of this site.', $stand->site->as_administrator()->press( 'gip4all_test' ) );
		$stand->site->run( "wp_delete_attachment( $id, true );" );
	}

	/**
	 * A report of somebody who lies switches nothing.
	 */
	public function test_false_report(): void {
		$stand = Stand::of( Rig::newest() );
		$stand->site->run( "delete_transient( 'gip4all_bound' );" );
		self::report( $stand );
		$this->assertTrue( self::proxied( $stand ) );
	}

	/**
	 * Deactivated, the site is what it was; deleted, nothing of the plugin is left.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_no_trace( string $name ): void {
		$stand = Stand::of( $name );
		$stand->site->run( "require_once ABSPATH . 'wp-admin/includes/plugin.php'; deactivate_plugins( 'gip4all/gip4all.php' );" );
		foreach ( $stand->before as $path => $said ) {
			$this->assertSame( preg_replace( '~<lastBuildDate>.*?</lastBuildDate>~', '', $said ), preg_replace( '~<lastBuildDate>.*?</lastBuildDate>~', '', $stand->site->text( $path ) ), $path );
		}
		$this->assertFalse( $stand->site->value( "wp_next_scheduled( 'gip4all_check' )" ) );
		$stand->site->run( "define( 'WP_UNINSTALL_PLUGIN', 'gip4all/gip4all.php' ); require WP_PLUGIN_DIR . '/gip4all/uninstall.php';" );
		$this->assertSame( '0', (string) $stand->site->value( "\$GLOBALS['wpdb']->get_var( \"SELECT COUNT(*) FROM {\$GLOBALS['wpdb']->options} WHERE option_name LIKE '%gip4all%' AND option_name NOT IN ('theme_mods_gip4all-classic')\" )" ) );
		$stand->start();
	}

	/**
	 * Tells whether a page leads through a proxy.
	 *
	 * @param Stand $stand The site.
	 */
	private static function proxied( Stand $stand ): bool {
		return false !== strpos( $stand->site->text( $stand->site->page( 'blocks' ) ), '/plain/http' );
	}

	/**
	 * Reports as a browser does that saw images fail.
	 *
	 * @param Stand $stand The site.
	 */
	private static function report( Stand $stand ): void {
		$answer = $stand->site->ask( '/wp-json/gip4all/v1/report', array(), array( 'kind' => 'error' ) );
		self::assertSame( 204, $answer->status, $answer->body );
		// The next one counts at once, though another was just made.
		$stand->site->run( "delete_transient( 'gip4all_bound' );" );
	}
}
