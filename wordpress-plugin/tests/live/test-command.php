<?php
/**
 * Tests of wp gip4all, by a stand-in for WP-CLI.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * Each command, and what it says when it cannot.
 */
final class Command_Test extends TestCase {

	/**
	 * The settings and their sources, without a secret.
	 */
	public function test_status(): void {
		Stand::of( Rig::newest() );
		list( $status, $said ) = self::wp( 'status', '--format=json' );
		$this->assertSame( 0, $status, $said );
		$rows = array_column( (array) json_decode( $said, true ), null, 'name' );
		$this->assertSame( 'on', $rows['rewriting']['value'] );
		$this->assertSame( Rig::proxy( 'endpoint' ), $rows['endpoint']['value'] );
		$this->assertSame( 'settings', $rows['endpoint']['source'] );
		$this->assertSame( 'set', $rows['key']['value'] );
		foreach ( array( 'key', 'salt' ) as $secret ) {
			$this->assertStringNotContainsString( Rig::proxy( $secret ), $said );
		}
	}

	/**
	 * The connection.
	 */
	public function test_test(): void {
		$stand = Stand::of( Rig::newest() );
		$this->assertSame( 0, self::wp( 'test' )[0] );
		$stand->site->run( "\$s = get_option( 'gip4all_settings' ); \$s['endpoint'] = 'http://127.0.0.1:9'; update_option( 'gip4all_settings', \$s );" );
		list( $status, $said ) = self::wp( 'test' );
		$this->assertSame( 1, $status );
		$this->assertStringContainsString( 'Nothing answers', $said );
		$stand->settings();
	}

	/**
	 * Addresses that work.
	 */
	public function test_url(): void {
		$stand = Stand::of( Rig::newest() );
		$photo = (string) $stand->site->image( 'photo' );
		foreach ( array( array( $photo ), array( $photo, '--width=320' ), array( '/wp-content/uploads/2026/11/none.svg' ), array( $photo, '--width=wide' ), array( '999999' ) ) as $place => $words ) {
			list( $status, $said ) = self::wp( 'url', ...$words );
			$this->assertSame( $place < 2 ? 0 : 1, $status, $said );
			if ( $place < 2 ) {
				$this->assertSame( 200, Answer::of( (string) preg_replace( '~#.*~s', '', trim( $said ) ) )->status, $said );
			}
		}
		$this->assertStringContainsString( '/w:320/', self::wp( 'url', $photo, '--width=320' )[1] );
	}

	/**
	 * A purge without a token, and of what is no image.
	 */
	public function test_purge(): void {
		$stand = Stand::of( Rig::newest() );
		$this->assertSame( 0, self::wp( 'purge', (string) $stand->site->image( 'photo' ) )[0] );
		list( $status, $said ) = self::wp( 'purge', '1' );
		$this->assertSame( 1, $status );
		$this->assertStringContainsString( 'no image in the media library', $said );
		$stand->settings( array( 'token' => '' ) );
		$this->assertSame( 1, self::wp( 'purge' )[0] );
		$stand->settings();
	}

	/**
	 * Runs a command.
	 *
	 * @param string ...$words After "wp gip4all".
	 * @return array{int, string} Status, and what it said.
	 */
	public static function wp( string ...$words ): array {
		$line = array( 'php', '-d', 'display_errors=stderr', '-d', 'error_log=/dev/null', __DIR__ . '/cli.php', (string) Rig::all()['sites'][ Rig::newest() ]['folder'], 'gip4all' );
		exec( implode( ' ', array_map( 'escapeshellarg', array_merge( $line, $words ) ) ) . ' 2>&1', $said, $status );
		return array( $status, implode( "\n", $said ) );
	}
}
