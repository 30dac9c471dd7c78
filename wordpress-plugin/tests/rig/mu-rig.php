<?php
/**
 * In every site of the rig: ?rig_theme=NAME shows a page in another theme, the proxy on the
 * loopback counts as a public host, the event rig_cron keeps what a content looks like to cron, and
 * there is a shop's answer with a product's images.
 *
 * @package Gip4all
 */

if ( isset( $_GET['rig_theme'] ) && preg_match( '/^[a-z0-9-]+$/', $_GET['rig_theme'] ) ) {
	$rig_theme = static function () {
		return $_GET['rig_theme'];
	};
	add_filter( 'stylesheet', $rig_theme );
	add_filter( 'template', $rig_theme );
	add_filter( 'pre_option_stylesheet', $rig_theme );
	add_filter( 'pre_option_template', $rig_theme );
}
add_filter(
	'http_request_host_is_external',
	static function ( $external, $host ) {
		return $external || '127.0.0.1' === $host;
	},
	10,
	2
);
add_filter(
	'http_allowed_safe_ports',
	static function ( $ports, $host, $url ) {
		return array_merge( $ports, array( (int) wp_parse_url( $url, PHP_URL_PORT ) ) );
	},
	10,
	3
);

add_action(
	'rig_cron',
	static function ( $path ) {
		$_SERVER['REQUEST_URI'] = $path;
		wp( '' );
		the_post();
		update_option( 'rig_cron', apply_filters( 'the_content', get_the_content() ) . get_the_post_thumbnail() );
	}
);
add_action(
	'rest_api_init',
	static function () {
		$answer = static function () {
			// What WooCommerce's Store API says of an image, by its schema; numbers and names are made up.
			$id = (int) get_option( 'rig_store_image' );
			return array(
				array(
					'id'        => 7,
					'name'      => 'Poster',
					'permalink' => home_url( '/product/poster/' ),
					'images'    => array(
						array(
							'id'        => $id,
							'src'       => wp_get_attachment_url( $id ),
							'thumbnail' => wp_get_attachment_image_url( $id, 'medium' ),
							'srcset'    => (string) wp_get_attachment_image_srcset( $id, 'full' ),
							'sizes'     => (string) wp_get_attachment_image_sizes( $id, 'full' ),
							'name'      => 'poster',
							'alt'       => '5 < 6 & "more"',
						),
					),
				),
			);
		};
		register_rest_route( 'wc/store/v1', '/products', array( 'methods' => 'GET', 'callback' => $answer, 'permission_callback' => '__return_true' ) );
	}
);
