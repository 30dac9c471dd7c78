<?php
/**
 * Importer: moves the images inside a post into the media library, and back.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Import;

use Gip4all\Html\Data_Images;
use Gip4all\Html\Tag;
use Gip4all\Pure\Data_Url;

defined( 'ABSPATH' ) || exit;

/**
 * Takes each image out of the text, stores it as an upload of the post, and writes its address in
 * its place. What was there is kept with the post, byte for byte, so that undo() can put it back,
 * also after the post was edited.
 *
 * The text is written past WordPress's filters: those of a user who may not write all HTML, or of
 * nobody on the command line, would take more out of the post than an image.
 */
final class Importer {

	/** Where a post keeps what was replaced: raw value of src by address. */
	public const KEPT = '_gip4all_data_images';

	/** Where an upload says which bytes it came from, so that the same image is stored once. */
	public const HASH = '_gip4all_data_image';

	/** Most bytes of one image, unless a filter says otherwise. */
	private const MOST = 10485760;

	/** Most bytes that a post keeps for undo(); an image beyond stays where it is. */
	private const KEEPS = 20971520;

	/**
	 * Moves the images of a post.
	 *
	 * @param int $id The post.
	 * @return int How many images were moved.
	 */
	public static function import( int $id ): int {
		$post = get_post( $id );
		if ( ! $post || 'attachment' === $post->post_type || wp_is_post_revision( $post ) ) {
			return 0;
		}
		$images = new Data_Images();
		$kept   = self::kept( $id );
		$moved  = array();
		foreach ( $images->find( $post->post_content ) as $raw ) {
			if ( array_sum( array_map( 'strlen', $kept ) ) + strlen( $raw ) > self::KEEPS ) {
				break;
			}
			$address = self::store( Tag::decode( $raw ), $post );
			// Two spellings of one image have one address, which could lead back to one of them only.
			if ( null !== $address && ( $kept[ $address ] ?? $raw ) === $raw ) {
				$kept[ $address ] = $raw;
				$moved[ $raw ]    = $address;
			}
		}
		if ( $moved ) {
			// First what undoes it, then the change.
			update_post_meta( $id, self::KEPT, wp_slash( $kept ) );
			self::write( $id, $images->replace( $post->post_content, $moved ) );
		}
		return count( $moved );
	}

	/**
	 * Puts the images of a post back into its text, and deletes the uploads that nobody else uses.
	 *
	 * @param int $id The post.
	 * @return int How many images were put back.
	 */
	public static function undo( int $id ): int {
		$post = get_post( $id );
		$kept = self::kept( $id );
		if ( ! $post || ! $kept ) {
			return 0;
		}
		self::write( $id, ( new Data_Images() )->replace( $post->post_content, $kept ) );
		delete_post_meta( $id, self::KEPT );
		foreach ( array_keys( $kept ) as $address ) {
			self::discard( $address, $id );
		}
		return count( $kept );
	}

	/**
	 * What a post keeps.
	 *
	 * @param int $id The post.
	 * @return array<string, string>
	 */
	public static function kept( int $id ): array {
		$kept = get_post_meta( $id, self::KEPT, true );
		return is_array( $kept ) ? array_filter( $kept, 'is_string' ) : array();
	}

	/**
	 * Numbers of posts with images inside, or with something to undo.
	 *
	 * @param bool $undo With something to undo.
	 * @return int[]
	 */
	public static function candidates( bool $undo = false ): array {
		global $wpdb;
		// phpcs:disable WordPress.DB -- no function of WordPress searches contents of all types and states.
		if ( $undo ) {
			$found = $wpdb->get_col( $wpdb->prepare( "SELECT post_id FROM {$wpdb->postmeta} WHERE meta_key = %s ORDER BY post_id", self::KEPT ) );
		} else {
			$found = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM {$wpdb->posts} WHERE post_type NOT IN ('revision', 'attachment') AND post_status NOT IN ('trash', 'auto-draft') AND post_content LIKE %s ORDER BY ID", '%' . $wpdb->esc_like( 'data:image/' ) . '%' ) );
		}
		// phpcs:enable
		return array_map( 'intval', $found );
	}

	/**
	 * Stores one image, or finds it stored.
	 *
	 * @param string   $url  A data: URL.
	 * @param \WP_Post $post The post that it is in.
	 * @return string|null Its address; null where it stays as it is.
	 */
	private static function store( string $url, \WP_Post $post ): ?string {
		/**
		 * Filters how large an image inside a post may be to be moved into the media library.
		 *
		 * @since 0.1.0
		 *
		 * @param int $most Bytes.
		 */
		$image = Data_Url::read( $url, max( 0, (int) apply_filters( 'gip4all_import_limit', self::MOST ) ) );
		if ( null === $image ) {
			return null;
		}
		$id = self::known( sha1( $image->bytes ) );
		if ( 0 === $id ) {
			$id = self::upload( $image, $post );
		}
		$address = $id > 0 ? wp_get_attachment_url( $id ) : false;
		return false === $address ? null : esc_url_raw( $address );
	}

	/**
	 * The upload that came from the same bytes, 0 for none.
	 *
	 * @param string $hash Of the bytes.
	 */
	private static function known( string $hash ): int {
		$found = get_posts(
			array(
				'post_type'      => 'attachment',
				'post_status'    => 'inherit',
				'posts_per_page' => 1,
				'fields'         => 'ids',
				'meta_key'       => self::HASH, // phpcs:ignore WordPress.DB.SlowDBQuery -- once an image, when it is imported.
				'meta_value'     => $hash, // phpcs:ignore WordPress.DB.SlowDBQuery -- as above.
			)
		);
		return $found && is_file( (string) get_attached_file( (int) $found[0] ) ) ? (int) $found[0] : 0;
	}

	/**
	 * Makes an upload, 0 where WordPress refuses.
	 *
	 * @param Data_Url $image The image.
	 * @param \WP_Post $post  The post that it belongs to.
	 */
	private static function upload( Data_Url $image, \WP_Post $post ): int {
		require_once ABSPATH . 'wp-admin/includes/image.php';
		$name = sanitize_file_name( ( '' === $post->post_name ? 'image' : rawurldecode( $post->post_name ) ) . '-image.' . $image->extension );
		// Refuses types that this site does not take.
		$file = wp_upload_bits( $name, null, $image->bytes );
		if ( ! empty( $file['error'] ) ) {
			return 0;
		}
		$id = wp_insert_attachment(
			array(
				'post_mime_type' => $file['type'],
				'post_title'     => $post->post_title,
				'post_status'    => 'inherit',
				'post_author'    => $post->post_author,
			),
			$file['file'],
			$post->ID
		);
		if ( $id < 1 ) {
			wp_delete_file( $file['file'] );
			return 0;
		}
		wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file['file'] ) );
		update_post_meta( $id, self::HASH, sha1( $image->bytes ) );
		return $id;
	}

	/**
	 * Writes a post's text, and nothing else of it.
	 *
	 * @param int    $id   The post.
	 * @param string $text Its new content.
	 */
	private static function write( int $id, string $text ): void {
		global $wpdb;
		$wpdb->update( $wpdb->posts, array( 'post_content' => $text ), array( 'ID' => $id ) ); // phpcs:ignore WordPress.DB -- see the class.
		clean_post_cache( $id );
	}

	/**
	 * Deletes an upload of ours whose file no other post names.
	 *
	 * @param string $address Its address.
	 * @param int    $post    The post that it was in.
	 */
	private static function discard( string $address, int $post ): void {
		global $wpdb;
		$id   = attachment_url_to_postid( $address );
		$file = $id > 0 ? (string) get_attached_file( $id ) : '';
		if ( '' === $file || '' === (string) get_post_meta( $id, self::HASH, true ) || wp_get_post_parent_id( $id ) !== $post ) {
			return;
		}
		$stem = '%' . $wpdb->esc_like( pathinfo( $file, PATHINFO_FILENAME ) ) . '%';
		// phpcs:ignore WordPress.DB -- as above.
		$used = $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->posts} WHERE post_type <> 'revision' AND post_content LIKE %s", $stem ) );
		// phpcs:ignore WordPress.DB -- as above.
		$shown = $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->postmeta} WHERE meta_key = '_thumbnail_id' AND meta_value = %s", (string) $id ) );
		if ( 0 === (int) $used + (int) $shown ) {
			wp_delete_attachment( $id, true );
		}
	}
}
