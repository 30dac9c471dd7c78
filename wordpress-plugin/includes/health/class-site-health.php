<?php
/**
 * Site_Health: what the plugin tells on WordPress's own page about a site's health.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Health;

use Gip4all\Admin\Conflicts;
use Gip4all\Options;
use Gip4all\Purge\Purger;
use Gip4all\Worker\Worker;

defined( 'ABSPATH' ) || exit;

/**
 * Two tests and a list of facts. No secret is among them: people post this list in forums.
 */
final class Site_Health {

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		add_filter( 'site_status_tests', array( self::class, 'tests' ) );
		add_filter( 'debug_information', array( self::class, 'facts' ) );
	}

	/**
	 * Adds the tests.
	 *
	 * @param mixed $tests WordPress's and other plugins'.
	 * @return mixed
	 */
	public static function tests( $tests ) {
		if ( is_array( $tests ) ) {
			$tests['direct']['gip4all_proxy']     = array(
				'label' => __( 'Image proxy', 'gip4all' ),
				'test'  => array( self::class, 'proxy' ),
			);
			$tests['direct']['gip4all_conflicts'] = array(
				'label' => __( 'Image services', 'gip4all' ),
				'test'  => array( self::class, 'conflicts' ),
			);
		}
		return $tests;
	}

	/**
	 * Tests whether images go through the proxy.
	 *
	 * @return array<string, mixed>
	 */
	public static function proxy(): array {
		$state = State::get();
		if ( Options::own( 'off' ) ) {
			return self::answer( 'gip4all_proxy', 'recommended', __( 'gip4all is switched off', 'gip4all' ), __( 'Visitors get the original images, because the kill switch is on.', 'gip4all' ) );
		}
		if ( ! State::proven() ) {
			return self::answer( 'gip4all_proxy', 'recommended', __( 'The image proxy is not connected yet', 'gip4all' ), __( 'Visitors get the original images until a connection test with the present settings passes.', 'gip4all' ) );
		}
		if ( ! $state['up'] ) {
			$result = new Result( $state['kind'], $state['detail'] );
			/* translators: 1: a time such as "5 minutes", 2: what failed. */
			return self::answer( 'gip4all_proxy', 'critical', __( 'The image proxy does not work', 'gip4all' ), sprintf( __( 'Visitors have been getting the original images for %1$s. It is tried again by itself. %2$s', 'gip4all' ), human_time_diff( $state['since'] ), $result->message() ) );
		}
		$reports = (int) get_transient( Watch::REPORTS );
		if ( $reports > 2 ) {
			return self::answer( 'gip4all_proxy', 'recommended', __( 'Some browsers cannot reach the image proxy', 'gip4all' ), __( 'This server can. Visitors saw the originals instead. Look for a Content-Security-Policy, an http endpoint on an https site, or a name that is known in your network only.', 'gip4all' ) );
		}
		return self::answer( 'gip4all_proxy', 'good', __( 'Images go through the proxy', 'gip4all' ), __( 'The last check fetched an image of this site.', 'gip4all' ) );
	}

	/**
	 * Tests whether another service wants the same images.
	 *
	 * @return array<string, mixed>
	 */
	public static function conflicts(): array {
		$others = Conflicts::found();
		if ( ! $others ) {
			return self::answer( 'gip4all_conflicts', 'good', __( 'One image service is active', 'gip4all' ), __( 'No other plugin that is known to rewrite image addresses is active.', 'gip4all' ) );
		}
		return self::answer( 'gip4all_conflicts', 'recommended', __( 'Several image services are active', 'gip4all' ), implode( ' ', $others ) );
	}

	/**
	 * Adds the facts.
	 *
	 * @param mixed $facts WordPress's and other plugins'.
	 * @return mixed
	 */
	public static function facts( $facts ) {
		if ( ! is_array( $facts ) ) {
			return $facts;
		}
		$settings = Options::settings();
		$state    = State::get();
		$rows     = array(
			'version'  => array( __( 'Version', 'gip4all' ), GIP4ALL_VERSION ),
			'active'   => array( __( 'Images go through the proxy', 'gip4all' ), self::yes( State::on() ) ),
			'endpoint' => array( __( 'Endpoint', 'gip4all' ), $settings->text( 'endpoint' ) ),
			'site'     => array( __( 'Site', 'gip4all' ), $settings->text( 'site' ) ),
			'keys'     => array( __( 'Key and salt are set', 'gip4all' ), self::yes( $settings->ready() ) ),
			'format'   => array( __( 'Format', 'gip4all' ), $settings->text( 'format' ) ),
			'quality'  => array( __( 'Quality', 'gip4all' ), (string) $settings->number( 'quality' ) ),
			'worker'   => array( __( 'Service worker', 'gip4all' ), self::yes( Worker::on() ) ),
			'purge'    => array( __( 'Purging is possible', 'gip4all' ), self::yes( Purger::possible() ) ),
			'check'    => array( __( 'Last check', 'gip4all' ), $state['checked'] > 0 ? gmdate( 'c', $state['checked'] ) . ' ' . $state['kind'] . ' ' . $state['detail'] : __( 'never', 'gip4all' ) ),
			'fixed'    => array( __( 'Set in wp-config.php', 'gip4all' ), implode( ', ', array_filter( Options::names(), array( Options::class, 'is_fixed' ) ) ) ),
		);
		foreach ( $rows as $name => $row ) {
			$facts['gip4all']['fields'][ $name ] = array(
				'label' => $row[0],
				'value' => $row[1],
			);
		}
		$facts['gip4all']['label'] = 'gip4all';
		return $facts;
	}

	/**
	 * Yes or no.
	 *
	 * @param bool $is Which.
	 */
	private static function yes( bool $is ): string {
		return $is ? __( 'yes', 'gip4all' ) : __( 'no', 'gip4all' );
	}

	/**
	 * The answer of a test.
	 *
	 * @param string $test   Its name.
	 * @param string $status good, recommended or critical.
	 * @param string $label  In short.
	 * @param string $text   In full.
	 * @return array<string, mixed>
	 */
	private static function answer( string $test, string $status, string $label, string $text ): array {
		return array(
			'test'        => $test,
			'status'      => $status,
			'label'       => $label,
			'badge'       => array(
				'label' => __( 'Performance', 'gip4all' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $text ) . '</p>',
			'actions'     => 'good' === $status ? '' : '<p><a href="' . esc_url( admin_url( 'options-general.php?page=gip4all' ) ) . '">' . esc_html__( 'Settings of gip4all', 'gip4all' ) . '</a></p>',
		);
	}
}
