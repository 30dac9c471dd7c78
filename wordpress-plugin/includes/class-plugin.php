<?php
/**
 * Plugin: everything that is wired to WordPress, on one page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all;

use Gip4all\Admin\Admin;
use Gip4all\Cli\Command;
use Gip4all\Health\Site_Health;
use Gip4all\Health\Watch;
use Gip4all\Hooks\Images;
use Gip4all\Hooks\Page;
use Gip4all\Hooks\Rest;
use Gip4all\Hooks\Save;
use Gip4all\Import\Import_Hooks;
use Gip4all\Purge\Page_Caches;
use Gip4all\Purge\Purger;
use Gip4all\Worker\Worker;

defined( 'ABSPATH' ) || exit;

/**
 * Starts the parts. It decides nothing.
 */
final class Plugin {

	/**
	 * Wires all parts; called once, when WordPress loads the plugin.
	 */
	public static function start(): void {
		Images::start();
		Page::start();
		Rest::start();
		Save::start();
		Watch::start();
		Worker::start();
		Purger::start();
		Site_Health::start();
		Import_Hooks::start();
		if ( is_admin() ) {
			Admin::start();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'gip4all', Command::class );
		}
		add_action( 'init', array( self::class, 'translate' ) );
		foreach ( array( 'add', 'update', 'delete' ) as $change ) {
			add_action( $change . '_option_' . Options::NAME, array( Site::class, 'forget' ), 0 );
		}
		register_deactivation_hook( GIP4ALL_FILE, array( self::class, 'stop' ) );
	}

	/**
	 * Loads the translation that comes with the plugin. WordPress 6.8 and later find it alone.
	 */
	public static function translate(): void {
		if ( ! is_textdomain_loaded( 'gip4all' ) && version_compare( get_bloginfo( 'version' ), '6.8', '<' ) ) {
			load_textdomain( 'gip4all', dirname( GIP4ALL_FILE ) . '/languages/gip4all-' . determine_locale() . '.mo' );
		}
	}

	/**
	 * Leaves the schedule, and lets page caches forget. Settings stay until the plugin is deleted.
	 */
	public static function stop(): void {
		Watch::stop();
		Page_Caches::purge();
	}
}
