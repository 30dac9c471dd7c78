<?php
/**
 * Admin: what is wired in wp-admin only.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * Starts the parts for the people who run the site.
 */
final class Admin {

	/** Who may change or see settings. */
	public const CAPABILITY = 'manage_options';

	/**
	 * Wires all parts.
	 */
	public static function start(): void {
		Settings_Page::start();
		Actions::start();
		Notices::start();
		add_action( 'admin_init', array( self::class, 'privacy' ) );
	}

	/**
	 * URL of the settings page.
	 */
	public static function url(): string {
		return admin_url( 'options-general.php?page=gip4all' );
	}

	/**
	 * Suggests a text for the site's privacy policy.
	 */
	public static function privacy(): void {
		$text = '<p>' . esc_html__( 'The images of this site are delivered by an image server that the site\'s owner runs or has chosen. To show an image, your browser connects to it, so it sees your IP address, which image you look at, and what your browser sends with every request (its name, the image formats it takes and whether you want to save data). It sets no cookies. If an image cannot be delivered, your browser tells this site so, without telling anything about you.', 'gip4all' ) . '</p>'
			. '<p>' . esc_html__( 'If the service worker is switched on, your browser keeps a small program of this site that decides which images are fetched from the image server. It removes itself when it is switched off.', 'gip4all' ) . '</p>';
		wp_add_privacy_policy_content( 'gip4all', $text );
	}
}
