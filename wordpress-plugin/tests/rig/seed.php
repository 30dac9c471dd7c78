<?php
/**
 * Fills a site with images and with pages of every kind that shows one, and prints them as JSON.
 *
 * @package Gip4all
 */

require_once ABSPATH . 'wp-admin/includes/media.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/image-edit.php';
require __DIR__ . '/pictures.php';
require __DIR__ . '/pages.php';

wp_set_current_user( 1 );
kses_remove_filters();

/**
 * Uploads every image that the pages show. The first is large enough for WordPress to scale it.
 *
 * @return array<string, int> Attachments by name.
 */
function rig_uploads(): array {
	return array(
		'photo'  => rig_upload( 'photo.jpg', 3000, 2000 ),
		'tall'   => rig_upload( "Tr\u{e4}ger 2@x (1).jpg", 900, 1200 ),
		'alpha'  => rig_upload( 'alpha.png', 900, 600 ),
		'moving' => rig_upload( 'moving.gif', 400, 300 ),
		'modern' => rig_upload( 'modern.webp', 1400, 900 ),
		'icon'   => rig_upload( 'icon.png', 512, 512 ),
		'loud'   => rig_upload( 'LOUD.JPG', 640, 480 ),
		'script' => rig_upload( "\u{5199}\u{771f} \u{430}.jpg", 800, 600 ),
		'space'  => rig_copy( 'with space.jpg', 800, 500 ),
		'edited' => rig_edit( rig_upload( 'edited.jpg', 1200, 800 ) ),
	);
}

/**
 * Fills one site and tells what is there.
 *
 * @return array{images: array<string, int>, pages: array<string, string>}
 */
function rig_seed(): array {
	$images = rig_uploads();
	$pages  = array(
		'blocks'  => rig_page( 'blocks', rig_blocks( $images ), $images['tall'] ),
		'classic' => rig_page( 'classic', rig_classic( $images ), $images['photo'] ),
		'names'   => rig_page( 'names', rig_names( $images ), $images['script'] ),
	);
	update_option( 'site_icon', $images['icon'] );
	set_theme_mod( 'custom_logo', $images['alpha'] );
	wp_update_custom_css_post( '.rig-css{background-image:url(' . rig_url( $images['photo'], 'large' ) . ')}' );
	rig_classic_theme( $images );
	return array(
		'images' => $images,
		'pages'  => $pages,
	);
}

$rig_seeds = array( $_SERVER['REQUEST_URI'] => rig_seed() );
echo wp_json_encode( $rig_seeds, JSON_UNESCAPED_SLASHES ), "\n";
