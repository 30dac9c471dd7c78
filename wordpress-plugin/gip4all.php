<?php
/**
 * Plugin Name:       gip4all
 * Plugin URI:        https://github.com/gip4all/gip4all
 * Description:       Leads every image of your site through your own gip image server: the right size, the right format, signed. Your content stays as it is.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The gip4all authors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       gip4all
 * Domain Path:       /languages
 *
 * @package Gip4all
 */

declare(strict_types=1);

defined( 'ABSPATH' ) || exit;

define( 'GIP4ALL_VERSION', '0.1.0' );
define( 'GIP4ALL_FILE', __FILE__ );

/**
 * Says why the plugin does nothing. This file is all that an old PHP has to understand.
 */
function gip4all_too_old(): void {
	echo '<div class="notice notice-error"><p>';
	esc_html_e( 'gip4all needs PHP 7.4 and WordPress 6.1, or later. Until then your images stay as they are.', 'gip4all' );
	echo '</p></div>';
}

if ( version_compare( PHP_VERSION, '7.4', '<' ) || version_compare( get_bloginfo( 'version' ), '6.1', '<' ) ) {
	add_action( 'admin_notices', 'gip4all_too_old' );
	return;
}

require __DIR__ . '/includes/autoload.php';

\Gip4all\Plugin::start();
