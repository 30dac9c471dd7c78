<?php
/**
 * Settings_Page: one page for all settings.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Health\Probe;
use Gip4all\Health\State;
use Gip4all\Options;
use Gip4all\Purge\Page_Caches;
use Gip4all\Purge\Purger;

defined( 'ABSPATH' ) || exit;

/**
 * Made with WordPress's own Settings API, and without a script: it works by keyboard alone.
 *
 * Saving tests the connection at once, and only a test that passed switches rewriting on.
 */
final class Settings_Page {

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		add_action( 'admin_menu', array( self::class, 'menu' ) );
		add_action( 'admin_init', array( self::class, 'register' ) );
		add_action( 'add_option_' . Options::NAME, array( self::class, 'saved' ) );
		add_action( 'update_option_' . Options::NAME, array( self::class, 'saved' ) );
		add_filter( 'pre_update_option_' . Options::NAME, array( self::class, 'unchanged' ), PHP_INT_MAX, 2 );
		add_filter( 'plugin_action_links_' . plugin_basename( GIP4ALL_FILE ), array( self::class, 'link' ) );
	}

	/**
	 * Adds the page to the menu.
	 */
	public static function menu(): void {
		add_options_page( 'gip4all', 'gip4all', Admin::CAPABILITY, 'gip4all', array( self::class, 'show' ) );
	}

	/**
	 * Adds a link to the list of plugins.
	 *
	 * @param mixed $links The links there are.
	 * @return mixed
	 */
	public static function link( $links ) {
		if ( is_array( $links ) ) {
			array_unshift( $links, '<a href="' . esc_url( Admin::url() ) . '">' . esc_html__( 'Settings', 'gip4all' ) . '</a>' );
		}
		return $links;
	}

	/**
	 * Tells WordPress what can be set.
	 */
	public static function register(): void {
		register_setting(
			'gip4all',
			Options::NAME,
			array(
				'type'              => 'array',
				'sanitize_callback' => array( Sanitizer::class, 'clean' ),
				'show_in_rest'      => false,
			)
		);
		foreach ( Fields::sections() as $id => $section ) {
			add_settings_section( 'gip4all-' . $id, $section['title'], '__return_null', 'gip4all' );
			foreach ( $section['fields'] as $field ) {
				$label = 'some' === $field['type'] ? array() : array( 'label_for' => Field::id( $field ) );
				add_settings_field( 'gip4all-' . $field['name'], $field['label'], array( Field::class, 'show' ), 'gip4all', 'gip4all-' . $id, $field + $label );
			}
		}
	}

	/**
	 * Tests what was just saved. Pages are made anew: what they show may be another.
	 */
	public static function saved(): void {
		Page_Caches::purge();
		self::test();
	}

	/**
	 * Tests also what was saved without a change: WordPress does not count that as saving.
	 *
	 * @param mixed $value What is saved.
	 * @param mixed $old   What was.
	 * @return mixed
	 */
	public static function unchanged( $value, $old = null ) {
		if ( $value === $old ) {
			self::test();
		}
		return $value;
	}

	/**
	 * Tests the connection, and says what came of it.
	 */
	private static function test(): void {
		if ( ! Options::settings()->ready() ) {
			return;
		}
		$result = Probe::run( true );
		State::keep( $result );
		if ( $result->passed() ) {
			add_settings_error( Options::NAME, 'gip4all-test', esc_html( __( 'Settings saved.', 'gip4all' ) . ' ' . $result->message() ), 'success' );
		} else {
			add_settings_error( Options::NAME, 'gip4all-test', esc_html( __( 'Settings saved, but the connection test failed, so images stay as they are.', 'gip4all' ) . ' ' . $result->message() ) );
		}
	}

	/**
	 * Prints the page.
	 */
	public static function show(): void {
		if ( ! current_user_can( Admin::CAPABILITY ) ) {
			return;
		}
		echo '<div class="wrap"><h1>gip4all</h1>';
		self::status();
		echo '<form action="options.php" method="post">';
		settings_fields( 'gip4all' );
		do_settings_sections( 'gip4all' );
		submit_button( __( 'Save and test', 'gip4all' ) );
		echo '</form>';
		self::tools();
		Preview::show();
		echo '</div>';
	}

	/**
	 * Prints whether images go through the proxy.
	 */
	private static function status(): void {
		$state = State::get();
		$text  = __( 'Images stay as they are: the connection is not set up and tested yet.', 'gip4all' );
		if ( State::on() ) {
			$text = __( 'Images go through the proxy.', 'gip4all' );
		} elseif ( Options::own( 'off' ) ) {
			$text = __( 'Images stay as they are: the kill switch is on.', 'gip4all' );
		} elseif ( State::proven() ) {
			$text = __( 'Images stay as they are for now: the proxy failed.', 'gip4all' );
		}
		echo '<p id="gip4all-status" data-on="' . ( State::on() ? '1' : '0' ) . '"><strong>' . esc_html( $text ) . '</strong>';
		if ( $state['checked'] > 0 ) {
			/* translators: %s: a time such as "5 minutes". */
			echo ' ' . esc_html( sprintf( __( 'Last check: %s ago.', 'gip4all' ), human_time_diff( $state['checked'] ) ) );
		}
		echo '</p>';
		foreach ( array_merge( array_values( Options::mistakes() ), Conflicts::found() ) as $warning ) {
			echo '<div class="notice notice-warning inline"><p>' . esc_html( $warning ) . '</p></div>';
		}
	}

	/**
	 * Prints the buttons that do something now.
	 */
	private static function tools(): void {
		echo '<h2>' . esc_html__( 'Tools', 'gip4all' ) . '</h2>';
		$ready = Options::settings()->ready();
		self::button( 'gip4all_test', __( 'Test connection', 'gip4all' ), $ready );
		self::button( 'gip4all_purge', __( 'Purge all images', 'gip4all' ), Purger::possible() );
		self::button( 'gip4all_preview', __( 'Preview an image', 'gip4all' ), $ready );
	}

	/**
	 * Prints a button.
	 *
	 * @param string $action  What it does.
	 * @param string $label   What it says.
	 * @param bool   $enabled Whether it can.
	 */
	private static function button( string $action, string $label, bool $enabled ): void {
		echo '<form action="' . esc_url( admin_url( 'admin-post.php' ) ) . '" method="post" style="display:inline-block;margin-inline-end:8px">';
		echo '<input type="hidden" name="action" value="' . esc_attr( $action ) . '">';
		// Not wp_nonce_field(): its id would be on this page four times.
		echo '<input type="hidden" name="_wpnonce" value="' . esc_attr( wp_create_nonce( $action ) ) . '">';
		submit_button( $label, 'secondary', $action, false, $enabled ? array() : array( 'disabled' => 'disabled' ) );
		echo '</form>';
	}
}
