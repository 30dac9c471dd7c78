<?php
/**
 * Catalog: the media library's files by their paths, in memory.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Answers for every image whose metadata it was shown, and for no other.
 *
 * The picture that it names is the one that metadata calls the file: the largest that WordPress
 * itself uses, turned upright, at most 2560 pixels wide for a photo. The untouched upload beside
 * it is not named: metadata does not say its size, and many sites delete it.
 */
final class Catalog implements Resolver {

	/** Images kept at most. A page that shows more leaves the rest at their own sizes. */
	private const MOST = 2000;

	/**
	 * Upload folders without scheme, each with a slash at its end.
	 *
	 * @var string[]
	 */
	private array $folders = array();

	/**
	 * Name of the largest file, its size and the size of the file asked about, by that file's path.
	 *
	 * @var array<string, array{0: string, 1: int, 2: int, 3: int, 4: int}>
	 */
	private array $files = array();

	/**
	 * Images that were learned, by the path of the largest file.
	 *
	 * @var array<string, bool>
	 */
	private array $learned = array();

	/**
	 * Takes where the library is.
	 *
	 * @param string[] $folders URLs of the upload folder; on other domains too.
	 */
	public function __construct( array $folders ) {
		foreach ( $folders as $folder ) {
			$this->folders[] = self::bare( rtrim( $folder, '/' ) . '/' );
		}
	}

	/**
	 * Learns an image.
	 *
	 * @param mixed $meta What WordPress keeps of an attachment; anything else is ignored.
	 */
	public function learn( $meta ): void {
		if ( ! is_array( $meta ) || ! is_string( $meta['file'] ?? null ) || isset( $this->learned[ $meta['file'] ] ) || count( $this->learned ) >= self::MOST ) {
			return;
		}
		$file                   = $meta['file'];
		$this->learned[ $file ] = true;
		$width                  = self::pixels( $meta, 'width' );
		$height                 = self::pixels( $meta, 'height' );
		$slash                  = strrpos( '/' . $file, '/' );
		$folder                 = substr( $file, 0, (int) $slash );
		$name                   = substr( $file, (int) $slash );
		$this->files[ $file ]   = array( $name, $width, $height, $width, $height );
		foreach ( is_array( $meta['sizes'] ?? null ) ? $meta['sizes'] : array() as $size ) {
			if ( is_array( $size ) && is_string( $size['file'] ?? null ) ) {
				$this->files[ $folder . $size['file'] ] = array( $name, $width, $height, self::pixels( $size, 'width' ), self::pixels( $size, 'height' ) );
			}
		}
	}

	/**
	 * What is known of the file at a URL, or null.
	 *
	 * @param string $url Absolute, without query and fragment.
	 */
	public function find( string $url ): ?Original {
		$path = $this->path( $url );
		$know = null === $path ? null : $this->files[ $path ] ?? null;
		if ( null === $know ) {
			return null;
		}
		$slash = (int) strrpos( $url, '/' ) + 1;
		// The file itself keeps the spelling it came in.
		$same   = rawurldecode( substr( $url, $slash ) ) === $know[0];
		$beside = $same ? $url : substr( $url, 0, $slash ) . str_replace( '%40', '@', rawurlencode( $know[0] ) );
		return new Original( $beside, $know[1], $know[2], $know[3], $know[4] );
	}

	/**
	 * The path of a file below its upload folder, decoded; null for a URL of another place.
	 *
	 * @param string $url Absolute, or without its scheme.
	 */
	public function path( string $url ): ?string {
		$bare = self::bare( $url );
		foreach ( $this->folders as $folder ) {
			if ( 0 === strncasecmp( $bare, $folder, strlen( $folder ) ) ) {
				return rawurldecode( substr( $bare, strlen( $folder ) ) );
			}
		}
		return null;
	}

	/**
	 * Tells whether a file is known.
	 *
	 * @param string $path Below the upload folder, decoded.
	 */
	public function knows( string $path ): bool {
		return isset( $this->files[ $path ] );
	}

	/**
	 * A URL without its scheme.
	 *
	 * @param string $url The URL.
	 */
	private static function bare( string $url ): string {
		return (string) preg_replace( '~\A(?:https?:)?//~i', '', $url );
	}

	/**
	 * A length that metadata says; 0 for none.
	 *
	 * @param array<string, mixed> $meta Metadata.
	 * @param string               $name Width or height.
	 */
	private static function pixels( array $meta, string $name ): int {
		return is_numeric( $meta[ $name ] ?? null ) ? (int) $meta[ $name ] : 0;
	}
}
