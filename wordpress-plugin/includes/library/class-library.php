<?php
/**
 * Library: shows the media library's metadata to the catalog.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Library;

use Gip4all\Pure\Catalog;
use Gip4all\Pure\File_Name;

defined( 'ABSPATH' ) || exit;

/**
 * Learns images where WordPress reads their metadata anyway, and the rest of a page at once: one
 * query for all files that no block or class names, and one for their metadata. Never one query
 * an image.
 */
final class Library {

	/** Files looked up for a page at most. */
	private const MOST = 100;

	/**
	 * Keeps what is learned.
	 *
	 * @var Catalog
	 */
	private Catalog $catalog;

	/**
	 * Paths that were looked up, found or not.
	 *
	 * @var array<string, bool>
	 */
	private array $asked = array();

	/**
	 * Finds the files of the upload folders in a page, however their URLs begin.
	 *
	 * @var string
	 */
	private string $pattern;

	/**
	 * Takes what keeps it.
	 *
	 * @param Catalog  $catalog Keeps what is learned.
	 * @param string[] $folders URLs of the upload folders, a folder within another before it.
	 */
	public function __construct( Catalog $catalog, array $folders ) {
		$paths = array();
		foreach ( $folders as $folder ) {
			$paths[] = preg_quote( rtrim( (string) wp_parse_url( $folder, PHP_URL_PATH ), '/' ), '~' );
		}
		$this->catalog = $catalog;
		$this->pattern = '~(?:' . implode( '|', $paths ) . ')/([^\s"\'<>()?#&,\\\\]+\.(?:jpe?g|png|gif|webp|avif))~i';
	}

	/**
	 * Learns an image whose metadata is at hand.
	 *
	 * @param mixed $meta The metadata.
	 */
	public function learn( $meta ): void {
		$this->catalog->learn( $meta );
	}

	/**
	 * Learns the images of a page.
	 *
	 * @param string $html HTML.
	 */
	public function prime( string $html ): void {
		preg_match_all( '/\bwp-image-([1-9][0-9]{0,17})\b/', $html, $named );
		$this->load( array_map( 'intval', array_unique( $named[1] ) ) );
		preg_match_all( $this->pattern, $html, $found );
		$unknown = array();
		foreach ( array_unique( $found[1] ) as $path ) {
			$path = rawurldecode( $path );
			if ( ! isset( $this->asked[ $path ] ) && ! $this->catalog->knows( $path ) && count( $unknown ) < self::MOST ) {
				$this->asked[ $path ] = true;
				$unknown[]            = $path;
			}
		}
		if ( $unknown ) {
			$this->load( self::ids( $unknown ) );
		}
	}

	/**
	 * Learns attachments by their numbers.
	 *
	 * @param int[] $ids Numbers.
	 */
	private function load( array $ids ): void {
		$ids = array_slice( array_unique( $ids ), 0, self::MOST );
		if ( ! $ids ) {
			return;
		}
		update_meta_cache( 'post', $ids );
		foreach ( $ids as $id ) {
			// Not wp_get_attachment_metadata(): its filter is for those who show a picture.
			$this->catalog->learn( get_post_meta( $id, '_wp_attachment_metadata', true ) );
		}
	}

	/**
	 * Numbers of the attachments that files belong to.
	 *
	 * @param string[] $paths Below the upload folder, decoded.
	 * @return int[]
	 */
	private static function ids( array $paths ): array {
		$known = wp_cache_get_multiple( array_map( 'md5', $paths ), 'gip4all' );
		$ids   = array();
		$ask   = array();
		foreach ( $paths as $path ) {
			if ( is_int( $known[ md5( $path ) ] ?? false ) ) {
				$ids[] = $known[ md5( $path ) ];
			} else {
				$ask[] = $path;
			}
		}
		foreach ( $ask ? self::query( $ask ) : array() as $path => $id ) {
			wp_cache_set( md5( $path ), $id, 'gip4all', HOUR_IN_SECONDS );
			$ids[] = $id;
		}
		return array_filter( $ids );
	}

	/**
	 * Asks the database, once for all.
	 *
	 * @param string[] $paths Below the upload folder, decoded.
	 * @return array<string, int> Numbers by path, 0 for a file of no attachment.
	 */
	private static function query( array $paths ): array {
		global $wpdb;
		$names = array();
		foreach ( $paths as $path ) {
			foreach ( self::attached( $path ) as $name ) {
				$names[ $name ] = $path;
			}
		}
		$marks = implode( ',', array_fill( 0, count( $names ), '%s' ) );
		// phpcs:ignore WordPress.DB -- the marks are "%s" only; no function of WordPress looks up many files at once.
		$rows = $wpdb->get_results( $wpdb->prepare( "SELECT post_id, meta_value FROM {$wpdb->postmeta} WHERE meta_key = '_wp_attached_file' AND meta_value IN ($marks)", array_map( 'strval', array_keys( $names ) ) ) );
		$ids  = array_fill_keys( $paths, 0 );
		foreach ( (array) $rows as $row ) {
			if ( isset( $names[ $row->meta_value ] ) ) {
				$ids[ $names[ $row->meta_value ] ] = (int) $row->post_id;
			}
		}
		return $ids;
	}

	/**
	 * What the attachment of a file can be called: the file itself, or the one that it is a size of.
	 *
	 * @param string $path Below the upload folder, decoded.
	 * @return string[]
	 */
	private static function attached( string $path ): array {
		$name = new File_Name( $path );
		if ( 0 === $name->width ) {
			return array( $path );
		}
		$folder = substr( $path, 0, (int) strrpos( '/' . $path, '/' ) ) . $name->stem;
		$dot    = substr( $path, (int) strrpos( $path, '.' ) );
		return array( $path, $folder . $dot, $folder . '-scaled' . $dot, $folder . '-rotated' . $dot );
	}
}
