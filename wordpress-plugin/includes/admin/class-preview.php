<?php
/**
 * Preview: one image of the site before and after.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Health\Probe;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Fetches both, as a new browser would, and says what each weighs.
 */
final class Preview {

	/** Width that is shown, as in the text of many themes. */
	private const WIDTH = 768;

	/** Bytes read at most. */
	private const LIMIT = 33554432;

	/**
	 * Fetches both images.
	 *
	 * @return array<int, array{label: string, url: string, bytes: int, type: string, width: int, height: int}>
	 */
	public static function make(): array {
		$site = Site::current();
		if ( null === $site ) {
			return array();
		}
		$source  = Probe::source( $site );
		$quality = $site->settings->number( 'quality' );
		$format  = $site->settings->text( 'format' );
		$options = array(
			'w' => self::WIDTH,
			'q' => $quality > 0 ? $quality : '',
			'f' => 'original' === $format ? '' : $format,
		);
		return array(
			self::fetch( __( 'Before: the original', 'gip4all' ), $source ),
			self::fetch( __( 'After: through the proxy', 'gip4all' ), $site->builder->url( $options, $source ) ),
		);
	}

	/**
	 * Fetches one image.
	 *
	 * @param string $label What it is.
	 * @param string $url   Where it is.
	 * @return array{label: string, url: string, bytes: int, type: string, width: int, height: int}
	 */
	private static function fetch( string $label, string $url ): array {
		$answer = wp_remote_get(
			$url,
			array(
				'timeout'             => 15,
				'limit_response_size' => self::LIMIT,
				'headers'             => array( 'Accept' => 'image/avif,image/webp,image/*' ),
			)
		);
		$body   = wp_remote_retrieve_body( $answer );
		// Older PHP cannot measure AVIF; the browser can.
		$size = (array) getimagesizefromstring( $body );
		return array(
			'label'  => $label,
			'url'    => $url,
			'bytes'  => 200 === (int) wp_remote_retrieve_response_code( $answer ) ? strlen( $body ) : 0,
			'type'   => (string) wp_remote_retrieve_header( $answer, 'content-type' ),
			'width'  => (int) ( $size[0] ?? 0 ),
			'height' => (int) ( $size[1] ?? 0 ),
		);
	}

	/**
	 * Prints what was fetched for this user a moment ago.
	 */
	public static function show(): void {
		$name   = 'gip4all_preview_' . get_current_user_id();
		$images = get_transient( $name );
		if ( ! is_array( $images ) || ! $images ) {
			return;
		}
		delete_transient( $name );
		echo '<h2 id="gip4all-preview">' . esc_html__( 'Preview', 'gip4all' ) . '</h2><div style="display:flex;flex-wrap:wrap;gap:16px">';
		foreach ( $images as $image ) {
			echo '<figure style="margin:0;max-width:480px;flex:1 1 300px"><img src="' . esc_url( $image['url'] ) . '" alt="" style="max-width:100%;height:auto"><figcaption><strong>' . esc_html( $image['label'] ) . '</strong><br>' . esc_html( self::facts( $image ) ) . '</figcaption></figure>';
		}
		echo '</div>';
		if ( $images[0]['bytes'] > 0 && $images[1]['bytes'] > 0 ) {
			/* translators: %s: a number from 0 to 100. */
			echo '<p>' . esc_html( sprintf( __( 'Size of the second, as a part of the first: %s %%', 'gip4all' ), number_format_i18n( 100 * $images[1]['bytes'] / $images[0]['bytes'], 1 ) ) ) . '</p>';
		}
	}

	/**
	 * What there is to say about an image.
	 *
	 * @param array<string, mixed> $image The image.
	 */
	private static function facts( array $image ): string {
		if ( 0 === $image['bytes'] ) {
			return __( 'could not be fetched', 'gip4all' );
		}
		$facts = array( (string) size_format( $image['bytes'], 1 ), (string) $image['type'] );
		if ( $image['width'] > 0 ) {
			$facts[] = $image['width'] . ' × ' . $image['height'];
		}
		return implode( ', ', $facts );
	}
}
