<?php
/**
 * Notices: what the owner should know without looking for it.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Health\Result;
use Gip4all\Health\State;
use Gip4all\Options;

defined( 'ABSPATH' ) || exit;

/**
 * One notice at most, for those who can do something about it, and only while it is true.
 */
final class Notices {

	/** Where notices are shown; a notice on every page is noise. */
	private const SCREENS = array( 'dashboard', 'plugins', 'upload', 'site-health', 'dashboard-network' );

	/**
	 * Wires the hook.
	 */
	public static function start(): void {
		add_action( 'admin_notices', array( self::class, 'show' ) );
	}

	/**
	 * Prints the notice, if there is one.
	 */
	public static function show(): void {
		$screen = get_current_screen();
		if ( ! current_user_can( Admin::CAPABILITY ) || ! $screen || ! in_array( $screen->id, self::SCREENS, true ) ) {
			return;
		}
		list( $kind, $text ) = self::notice();
		if ( '' !== $text ) {
			echo '<div class="notice notice-' . esc_attr( $kind ) . '" id="gip4all-notice"><p>' . esc_html( $text ) . ' <a href="' . esc_url( Admin::url() ) . '">' . esc_html__( 'Settings of gip4all', 'gip4all' ) . '</a></p></div>';
		}
	}

	/**
	 * Kind and text of the notice.
	 *
	 * @return array{0: string, 1: string}
	 */
	private static function notice(): array {
		$state = State::get();
		if ( Options::own( 'off' ) || State::on() ) {
			$others = Conflicts::found();
			return array( 'warning', $others[0] ?? '' );
		}
		if ( Options::mistakes() ) {
			return array( 'error', implode( ' ', Options::mistakes() ) );
		}
		if ( State::proven() ) {
			$result = new Result( $state['kind'], $state['detail'] );
			return array( 'error', __( 'The image proxy failed, so visitors get the original images. It is tried again by itself.', 'gip4all' ) . ' ' . $result->message() );
		}
		if ( Options::settings()->ready() ) {
			return array( 'warning', __( 'The settings of the image proxy have changed. Images stay as they are until a connection test passes.', 'gip4all' ) );
		}
		return array( 'info', __( 'gip4all is almost ready: enter the address of your image server with its key and salt.', 'gip4all' ) );
	}
}
