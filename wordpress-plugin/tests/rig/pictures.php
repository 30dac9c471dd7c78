<?php
/**
 * Draws images and puts them into the media library.
 *
 * @package Gip4all
 */

/**
 * Draws an image: a slope with discs, the same each time, so that it is neither empty nor noise.
 *
 * @param string $format jpg, png, gif or webp.
 * @param int    $width  Its width.
 * @param int    $height Its height.
 * @return string A temporary file.
 */
function rig_draw( string $format, int $width, int $height ): string {
	mt_srand( $width * 7 + $height );
	$image = imagecreatetruecolor( $width, $height );
	for ( $y = 0; $y < $height; $y++ ) {
		imageline( $image, 0, $y, $width, $y, imagecolorallocate( $image, 40 + intdiv( 180 * $y, $height ), 110, 200 - intdiv( 120 * $y, $height ) ) );
	}
	for ( $disc = 0; $disc < 60; $disc++ ) {
		$size = mt_rand( 20, intdiv( $width, 5 ) );
		imagefilledellipse( $image, mt_rand( 0, $width ), mt_rand( 0, $height ), $size, $size, imagecolorallocatealpha( $image, mt_rand( 0, 255 ), mt_rand( 0, 255 ), mt_rand( 0, 255 ), mt_rand( 20, 100 ) ) );
	}
	$file = wp_tempnam( 'rig.' . $format );
	$save = array(
		'jpg'  => 'imagejpeg',
		'png'  => 'imagepng',
		'gif'  => 'imagegif',
		'webp' => 'imagewebp',
	);
	$save[ $format ]( $image, $file );
	return $file;
}

/**
 * Uploads an image as an editor would.
 *
 * @param string $name   The file's name.
 * @param int    $width  Its width.
 * @param int    $height Its height.
 */
function rig_upload( string $name, int $width, int $height ): int {
	$file = array(
		'name'     => $name,
		'tmp_name' => rig_draw( strtolower( pathinfo( $name, PATHINFO_EXTENSION ) ), $width, $height ),
	);
	$id   = media_handle_sideload( $file, 0, $name );
	if ( is_wp_error( $id ) ) {
		fwrite( STDERR, $name . ': ' . $id->get_error_message() . "\n" );
		exit( 1 );
	}
	return $id;
}

/**
 * Puts an image in as FTP and an import do: nothing cleans its name.
 *
 * @param string $name   The file's name.
 * @param int    $width  Its width.
 * @param int    $height Its height.
 */
function rig_copy( string $name, int $width, int $height ): int {
	$place = wp_upload_dir()['path'] . '/' . $name;
	copy( rig_draw( 'jpg', $width, $height ), $place );
	$id = wp_insert_attachment( array( 'post_mime_type' => 'image/jpeg', 'post_title' => $name ), $place );
	wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $place ) );
	return $id;
}

/**
 * Turns an image in the media library's editor.
 *
 * @param int $id The attachment.
 */
function rig_edit( int $id ): int {
	$_REQUEST = array(
		'target'  => 'all',
		'do'      => 'save',
		'history' => '[{"r":90}]',
		'context' => '',
	);
	$result   = wp_save_image( $id );
	$_REQUEST = array();
	if ( ! empty( $result->error ) || false === strpos( get_attached_file( $id ), '-e1' ) ) {
		fwrite( STDERR, 'the editor saved nothing: ' . wp_json_encode( $result ) . "\n" );
		exit( 1 );
	}
	return $id;
}

/**
 * URL of an image in a size.
 *
 * @param int    $id   The attachment.
 * @param string $size A size's name.
 */
function rig_url( int $id, string $size = 'full' ): string {
	return (string) wp_get_attachment_image_url( $id, $size );
}
