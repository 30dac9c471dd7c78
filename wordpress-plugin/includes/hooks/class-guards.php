<?php
/**
 * Guards: when images are led through the proxy, and when they stay as they are.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

use Gip4all\Health\State;
use Gip4all\Options;

defined( 'ABSPATH' ) || exit;

/**
 * Opens for what a visitor reads, and for nothing that is edited, stored, sent or read by machines.
 * On doubt it stays shut.
 */
final class Guards {

	/** Parameters of page builders' own views, whose content is saved from the page. */
	private const BUILDERS = array( 'elementor-preview', 'et_fb', 'et_pb_preview', 'fl_builder', 'ct_builder', 'oxygen_iframe', 'tve', 'fb-edit', 'trp-edit-translation', 'vc_editable', 'vcv-editable', 'bricks', 'brizy-edit', 'brizy-edit-iframe', 'breakdance', 'breakdance_iframe', 'zionbuilder-preview', 'uxb_iframe', 'siteorigin_panels_live_editor', 'legacy-widget-preview', 'customize_changeset_uuid', 'preview' );

	/**
	 * What was decided, by the blog and by whether the query is known: each image asks.
	 *
	 * @var array<string, bool>
	 */
	private static array $decided = array();

	/**
	 * Tells whether the page that is being made is for a visitor.
	 */
	public static function open(): bool {
		$moment = get_current_blog_id() . ' ' . did_action( 'wp' );
		if ( ! isset( self::$decided[ $moment ] ) ) {
			self::$decided[ $moment ] = State::on() && ! self::machine() && ! self::edited() && self::page();
		}
		return self::$decided[ $moment ];
	}

	/**
	 * Tells whether a visitor reads this REST answer: never one who edits, and never what is edited.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function opens_rest( \WP_REST_Request $request ): bool {
		return State::on() && Options::own( 'rest' ) && 'GET' === $request->get_method()
			&& 'edit' !== $request->get_param( 'context' ) && ! is_user_logged_in() && ! self::edited();
	}

	/**
	 * Tells whether nobody looks at what this request makes, or somebody might store it.
	 */
	private static function machine(): bool {
		$method = isset( $_SERVER['REQUEST_METHOD'] ) ? sanitize_key( wp_unslash( $_SERVER['REQUEST_METHOD'] ) ) : '';
		if ( wp_doing_cron() || ( defined( 'WP_CLI' ) && WP_CLI ) || ( defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST ) || ( defined( 'REST_REQUEST' ) && REST_REQUEST ) ) {
			return true;
		}
		// A form that was sent can cause a mail, and a mail lives longer than any signature.
		if ( 'get' !== $method && 'head' !== $method ) {
			return true;
		}
		// Themes load more posts for visitors through admin-ajax.php.
		return is_admin() && ! ( wp_doing_ajax() && ! is_user_logged_in() );
	}

	/**
	 * Tells whether the page is shown in an editor, or without the proxy on request.
	 */
	private static function edited(): bool {
		// phpcs:disable WordPress.Security.NonceVerification -- nothing is changed by these.
		foreach ( self::BUILDERS as $name ) {
			if ( isset( $_GET[ $name ] ) ) {
				return true;
			}
		}
		$wish = isset( $_GET['gip4all'] ) ? sanitize_key( wp_unslash( $_GET['gip4all'] ) ) : '';
		// phpcs:enable
		return 'off' === $wish || is_customize_preview();
	}

	/**
	 * Tells whether the query is for a page of HTML, or a feed that the owner opened.
	 */
	private static function page(): bool {
		if ( ! did_action( 'wp' ) ) {
			return wp_doing_ajax();
		}
		if ( is_preview() || is_embed() || is_robots() || is_favicon() || is_trackback() || '' !== (string) get_query_var( 'sitemap' ) || '' !== (string) get_query_var( 'sitemap-stylesheet' ) || self::amp() ) {
			return false;
		}
		if ( is_feed() ) {
			return (bool) Options::own( 'feeds' );
		}
		$types = (array) Options::own( 'exclude_types' );
		return ! $types || ! is_singular( $types );
	}

	/**
	 * Tells whether the page is AMP, which brings its own image cache.
	 */
	private static function amp(): bool {
		foreach ( array( 'amp_is_request', 'is_amp_endpoint', 'ampforwp_is_amp_endpoint' ) as $asks ) {
			if ( function_exists( $asks ) && $asks() ) {
				return true;
			}
		}
		return false;
	}
}
