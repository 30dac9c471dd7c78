<?php
/**
 * Purger: has the proxy forget images that changed.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Purge;

use Gip4all\Hooks\Safely;
use Gip4all\Options;
use Gip4all\Pure\File_Name;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Collects what changes in a request, and tells the proxy once at its end, without waiting. One
 * prefix covers an image and all its sizes. Without the proxy's token it does nothing.
 */
final class Purger {

	/** Prefixes that are sent for a request at most; more are many, and all images are few enough then. */
	private const MOST = 20;

	/**
	 * Prefixes of changed images.
	 *
	 * @var array<string, bool>
	 */
	private static array $changed = array();

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		add_action( 'delete_attachment', array( self::class, 'changed' ) );
		add_action( 'edit_attachment', array( self::class, 'changed' ) );
		add_filter( 'wp_update_attachment_metadata', array( self::class, 'metadata' ), 99, 2 );
		add_action( 'shutdown', array( self::class, 'send' ), 20 );
	}

	/**
	 * Tells whether the proxy can be told.
	 */
	public static function possible(): bool {
		return '' !== (string) Options::own( 'token' ) && Options::settings()->ready();
	}

	/**
	 * Notes an attachment whose files change or go.
	 *
	 * @param mixed $id Its number.
	 */
	public static function changed( $id ): void {
		Safely::call(
			static function () use ( $id ) {
				if ( self::possible() && wp_attachment_is_image( (int) $id ) ) {
					self::note( (string) get_post_meta( (int) $id, '_wp_attached_file', true ) );
				}
			}
		);
	}

	/**
	 * Notes an attachment whose files were made anew: edited, replaced or regenerated. A first upload
	 * has no files that anybody could have asked for.
	 *
	 * @param mixed $meta What WordPress is about to keep.
	 * @param mixed $id   Its number.
	 * @return mixed
	 */
	public static function metadata( $meta, $id = 0 ) {
		Safely::call(
			static function () use ( $meta, $id ) {
				$before = self::possible() && is_array( $meta ) ? get_post_meta( (int) $id, '_wp_attachment_metadata', true ) : null;
				foreach ( is_array( $before ) ? array( $before, $meta ) : array() as $known ) {
					self::note( is_string( $known['file'] ?? null ) ? $known['file'] : '' );
				}
			}
		);
		return $meta;
	}

	/**
	 * Notes a file, and with it all whose names begin like its own.
	 *
	 * @param string $file Below the upload folder, decoded.
	 */
	private static function note( string $file ): void {
		$name = new File_Name( $file );
		$stem = (string) preg_replace( '/-(?:scaled|rotated)\z/', '', (string) preg_replace( '/-e[0-9]{13}(?:-scaled|-rotated)?\z/', '', $name->stem ) );
		if ( '' === $stem ) {
			return;
		}
		$folder = substr( $file, 0, (int) strrpos( '/' . $file, '/' ) );
		foreach ( Site::folders() as $uploads ) {
			foreach ( self::spelled( $folder . $stem ) as $path ) {
				self::$changed[ trailingslashit( $uploads ) . $path ] = true;
			}
		}
	}

	/**
	 * How pages may spell a path. The proxy knows each spelling as a source of its own.
	 *
	 * @param string $path Decoded.
	 * @return string[]
	 */
	private static function spelled( string $path ): array {
		$coded = str_replace( array( '%2F', '%40' ), array( '/', '@' ), rawurlencode( $path ) );
		$typed = str_replace( array( '%21', '%24', '%26', '%27', '%28', '%29', '%2A', '%2B', '%2C', '%3A', '%3B', '%3D' ), array( '!', '$', '&', "'", '(', ')', '*', '+', ',', ':', ';', '=' ), $coded );
		return array_unique( array( $path, $coded, $typed ) );
	}

	/**
	 * Tells the proxy what was noted.
	 */
	public static function send(): void {
		$prefixes = array_keys( self::$changed );
		if ( ! $prefixes || ! self::possible() ) {
			return;
		}
		self::$changed = array();
		if ( count( $prefixes ) > self::MOST ) {
			$prefixes = array_map( 'trailingslashit', Site::folders() );
		}
		foreach ( $prefixes as $prefix ) {
			self::ask( $prefix, false );
		}
	}

	/**
	 * Has the proxy forget all images of this site, and of no other: it may serve many.
	 *
	 * @return int|\WP_Error How many it forgot, or why it did not.
	 */
	public static function all() {
		if ( ! self::possible() ) {
			return new \WP_Error( 'gip4all', __( 'The proxy\'s admin token is not set.', 'gip4all' ) );
		}
		$removed = 0;
		foreach ( Site::folders() as $folder ) {
			$answer = self::ask( trailingslashit( $folder ), true );
			if ( is_wp_error( $answer ) ) {
				return $answer;
			}
			$code = (int) wp_remote_retrieve_response_code( $answer );
			if ( 200 !== $code ) {
				/* translators: %d: a number such as 401. */
				return new \WP_Error( 'gip4all', 401 === $code || 403 === $code ? __( 'The proxy refused the admin token.', 'gip4all' ) : sprintf( __( 'The proxy answered %d.', 'gip4all' ), $code ) );
			}
			$removed += (int) ( json_decode( wp_remote_retrieve_body( $answer ), true )['removed'] ?? 0 );
		}
		return $removed;
	}

	/**
	 * Asks the proxy to forget.
	 *
	 * @param string $prefix How the images' own URLs begin.
	 * @param bool   $wait   Whether the answer matters.
	 * @return array<string, mixed>|\WP_Error
	 */
	private static function ask( string $prefix, bool $wait ) {
		return wp_remote_request(
			Options::settings()->text( 'endpoint' ) . '/api/v1/cache?prefix=' . rawurlencode( $prefix ),
			array(
				'method'      => 'DELETE',
				'timeout'     => $wait ? 15 : 1,
				'blocking'    => $wait,
				'redirection' => 0,
				'headers'     => array( 'Authorization' => 'Bearer ' . (string) Options::own( 'token' ) ),
			)
		);
	}
}
