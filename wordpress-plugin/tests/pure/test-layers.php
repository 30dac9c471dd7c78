<?php
/**
 * The law of the layers: hooks know html, html knows pure, and neither of the two knows WordPress.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use PHPUnit\Framework\TestCase;

/**
 * Reads the code of both layers.
 */
final class Layers_Test extends TestCase {

	/** Longest a function may be, in lines. */
	private const LONGEST = 45;

	/**
	 * Every file is guarded and strict, and calls only what PHP has.
	 *
	 * @dataProvider files
	 * @param string $place The file.
	 */
	public function test_file( string $place ): void {
		$code = (string) file_get_contents( $place );
		$this->assertStringContainsString( "declare(strict_types=1);\n", $code );
		$this->assertStringContainsString( "defined( 'ABSPATH' ) || exit;\n", $code );
		$this->assertSame( array(), array_diff( self::calls( $code ), get_defined_functions()['internal'] ), 'functions that PHP does not have' );
		if ( false !== strpos( $place, 'includes/pure/' ) ) {
			$this->assertStringNotContainsString( 'Gip4all\\Html', $code, 'pure code does not know the layer above' );
		}
		foreach ( self::lengths( $code ) as $name => $lines ) {
			$this->assertLessThanOrEqual( self::LONGEST, $lines, $name );
		}
	}

	/**
	 * All files of both layers.
	 *
	 * @return array<string, array{string}>
	 */
	public function files(): array {
		$files = array();
		foreach ( (array) glob( __DIR__ . '/../../includes/{pure,html}/*.php', GLOB_BRACE ) as $place ) {
			$files[ basename( dirname( $place ) ) . '/' . basename( $place ) ] = array( $place );
		}
		return $files;
	}

	/**
	 * What knows WordPress is guarded, strict and short too, and starts no second buffer inside the
	 * one whose end it rewrites.
	 *
	 * @dataProvider others
	 * @param string $place The file.
	 */
	public function test_other_file( string $place ): void {
		$code = (string) file_get_contents( $place );
		$this->assertStringContainsString( "declare(strict_types=1);\n", $code );
		$this->assertMatchesRegularExpression( "/defined\\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \\) \\|\\| exit;\n/", $code );
		$this->assertSame( array(), array_intersect( self::calls( $code ), array( 'eval', 'ini_set', 'set_time_limit', 'curl_init', 'load_plugin_textdomain', 'wp_redirect', 'extract' ) ), 'functions that a plugin should not call' );
		$this->assertSame( 'class-page.php' === basename( $place ) ? 1 : 0, substr_count( $code, 'ob_start(' ) );
		$this->assertDoesNotMatchRegularExpression( "/add_filter\\( '(?:wp_get_attachment_url|wp_get_attachment_image_src|image_downsize)'/", $code, 'what these say is stored' );
		foreach ( self::lengths( $code ) as $name => $lines ) {
			$this->assertLessThanOrEqual( self::LONGEST, $lines, $name );
		}
	}

	/**
	 * All files above both layers.
	 *
	 * @return array<string, array{string}>
	 */
	public function others(): array {
		$files = array();
		$root  = __DIR__ . '/../../';
		foreach ( array_merge( (array) glob( $root . '{*.php,includes/*.php}', GLOB_BRACE ), (array) glob( $root . 'includes/*/*.php' ) ) as $place ) {
			if ( 1 !== preg_match( '~/includes/(?:pure|html)/~', $place ) ) {
				$files[ substr( $place, strlen( $root ) ) ] = array( $place );
			}
		}
		return $files;
	}

	/**
	 * A lost folder must not pass quietly.
	 */
	public function test_count(): void {
		$this->assertGreaterThanOrEqual( 20, count( $this->files() ) );
		$this->assertGreaterThanOrEqual( 25, count( $this->others() ) );
	}

	/**
	 * Names of the functions that code calls.
	 *
	 * @param string $code PHP.
	 * @return string[]
	 */
	private static function calls( string $code ): array {
		$code = (string) preg_replace( array( '~/\*.*?\*/~s', '~//.*~', "~'(?:[^'\\\\]|\\\\.)*'~" ), '', $code );
		preg_match_all( '~(?<![\w>:\\\\$])(?<!function )(?<!new )([a-z_0-9]+)\(~', $code, $found );
		return array_diff( array_unique( $found[1] ), array( 'array', 'list', 'isset', 'function', 'declare' ) );
	}

	/**
	 * Lines of each function.
	 *
	 * @param string $code PHP.
	 * @return array<string, int>
	 */
	private static function lengths( string $code ): array {
		preg_match_all( '~^\t[a-z ]*function (\w+).*?^\t\}~ms', $code, $found, PREG_SET_ORDER );
		$lengths = array();
		foreach ( $found as $function ) {
			$lengths[ $function[1] ] = substr_count( $function[0], "\n" ) + 1;
		}
		return $lengths;
	}
}
