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
		return array(
			'WordPress 6.1' => array( 'wp61' ),
			'WordPress 6.8' => array( 'wp68' ),
			'WordPress 7.1' => array( 'wp71' ),
		);
	}

	/**
	 * Leaves the sites as they were.
	 */
	protected function tearDown(): void {
		Rig::mood( 'well' );
	}

	/**
	 * Ill, reported, gone; well, checked, back.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_errors_and_back( string $name ): void {
		$stand = Stand::of( $name );
		$stand->settings( array( 'endpoint' => Rig::proxy( 'front' ) ) );
		$this->assertTrue( self::proxied( $stand ) );
		foreach ( array( '500', 'slow' ) as $mood ) {
			Rig::mood( $mood );
			self::report( $stand );
			$this->assertFalse( self::proxied( $stand ), $mood );
			$this->assertSame( $stand->before[ $stand->site->page( 'blocks' ) ], $stand->site->text( $stand->site->page( 'blocks' ) ), $mood );
			Rig::mood( 'well' );
			$stand->site->run( "\$s = get_option( 'gip4all_state' ); \$s['next'] = 0; update_option( 'gip4all_state', \$s ); delete_transient( 'gip4all_bound' ); do_action( 'gip4all_check' );" );
			$this->assertTrue( self::proxied( $stand ), "well after $mood" );
		}
		$stand->settings();
	}

	/**
	 * A proxy whose keys were changed, and one that is gone.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_wrong_key_and_down( string $name ): void {
		$stand = Stand::of( $name );
		$ill   = array(
			'wrong key' => array( 'key' => str_repeat( 'ab', 32 ) ),
			'down'      => array( 'endpoint' => 'http://127.0.0.1:9' ),
		);
		foreach ( $ill as $what => $settings ) {
			// As if the proxy had changed, not the settings: they keep their proof.
			$stand->site->run( "\$s = array_merge( get_option( 'gip4all_settings' ), " . var_export( $settings, true ) . " ); update_option( 'gip4all_settings', \$s ); \$t = Gip4all\\Health\\State::get(); \$t['tested'] = Gip4all\\Options::fingerprint(); \$t['up'] = true; update_option( 'gip4all_state', \$t ); delete_transient( 'gip4all_bound' );" );
			self::report( $stand );
			$this->assertSame( $stand->before[ $stand->site->page( 'classic' ) ], $stand->site->text( $stand->site->page( 'classic' ) ), $what );
			$stand->settings();
			$this->assertTrue( self::proxied( $stand ), "$what, and mended" );
		}
	}

	/**
	 * A report of somebody who lies switches nothing.
	 */
	public function test_false_report(): void {
		$stand = Stand::of( 'wp71' );
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
