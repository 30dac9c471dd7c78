<?php
/**
 * A classic theme with everything of WordPress that shows an image.
 *
 * @package Gip4all
 */

add_action(
	'after_setup_theme',
	static function () {
		foreach ( array( 'post-thumbnails', 'title-tag', 'custom-logo', 'custom-header', 'custom-background', 'automatic-feed-links' ) as $rig_feature ) {
			add_theme_support( $rig_feature );
		}
		add_theme_support( 'html5', array( 'gallery', 'caption' ) );
		add_image_size( 'card', 400, 400, true );
		add_image_size( 'banner', 1200, 500, array( 'left', 'top' ) );
	}
);
add_action(
	'widgets_init',
	static function () {
		register_sidebar( array( 'id' => 'side' ) );
	}
);
add_action(
	'wp_enqueue_scripts',
	static function () {
		wp_enqueue_style( 'gip4all-classic', get_stylesheet_uri(), array(), '1.0' );
	}
);
