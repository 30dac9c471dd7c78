<?php
/**
 * Variants: which picture to ask the proxy for, and how wide.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Turns a URL of ours into one of the proxy's.
 *
 * A sub-size that shows the whole picture is made from the original at that width, which is
 * sharper than scaling what was scaled before. A hard crop keeps its file: its crop and position
 * are the owner's. Nothing is ever enlarged. What the media library does not know keeps its file
 * at its own size.
 *
 * Where the proxy's URL alone does not tell how the URL was written, a fragment says so. Browsers
 * never send it, so it splits no cache, and Reverser finds the way back byte for byte:
 * "#2026/11/photo-300x200.jpg" is the file beside the source, "#=..." the whole text as it was,
 * and "#extra" a candidate that was not there. The first form has a second use: WordPress makes a
 * srcset only for a src that holds the file's name.
 */
final class Variants {

	/** Fragment of a candidate that the page did not have. */
	public const EXTRA = '#extra';

	/**
	 * A new width must differ by a fifth from those there are, or it is only more HTML: a page with
	 * many images pays for each signature, which nothing compresses.
	 */
	private const NEAR = 0.2;

	/**
	 * Which URLs are ours.
	 *
	 * @var Rules
	 */
	private Rules $rules;

	/**
	 * Writes URLs.
	 *
	 * @var Url_Builder
	 */
	private Url_Builder $builder;

	/**
	 * Quality, format and ladder.
	 *
	 * @var Settings
	 */
	private Settings $settings;

	/**
	 * The media library.
	 *
	 * @var Resolver
	 */
	private Resolver $resolver;

	/**
	 * Takes what decides.
	 *
	 * @param Settings    $settings Quality, format and ladder.
	 * @param Rules       $rules    Which URLs are ours.
	 * @param Url_Builder $builder  Writes URLs.
	 * @param Resolver    $resolver The media library.
	 */
	public function __construct( Settings $settings, Rules $rules, Url_Builder $builder, Resolver $resolver ) {
		$this->settings = $settings;
		$this->rules    = $rules;
		$this->builder  = $builder;
		$this->resolver = $resolver;
	}

	/**
	 * The proxy's URL for an image, or null where it is to be left alone.
	 *
	 * @param string      $url     As written, entities decoded.
	 * @param string|null $written As written, where that differs.
	 * @param bool        $low     For visitors who want to save data.
	 */
	public function address( string $url, ?string $written = null, bool $low = false ): ?string {
		$source = $this->rules->source( $url );
		if ( null === $source ) {
			return null;
		}
		$original = $this->original( $source );
		$fragment = $source === ( $written ?? $url ) ? '' : '#=' . self::encode( $written ?? $url );
		if ( null === $original ) {
			return $this->builder->url( $this->options( 0, $low ), $source ) . $fragment;
		}
		$largest = self::beside( $source, $original->url );
		if ( '' === $fragment && $largest !== $source ) {
			$fragment = self::name( $source );
		}
		$width = $original->file_width < $original->width ? $original->file_width : 0;
		return $this->builder->url( $this->options( $width, $low ), $largest ) . $fragment;
	}

	/**
	 * The proxy's URL for an image in CSS. There a fragment can mean a part of an SVG (mask,
	 * filter), so the file itself is asked for, and the URL says all.
	 *
	 * @param string $url As written.
	 */
	public function background( string $url ): ?string {
		$source = $this->rules->source( $url );
		return null === $source ? null : $this->builder->url( $this->options( 0, false ), $source );
	}

	/**
	 * More candidates for a srcset, up to the original's width and not near those it has.
	 *
	 * @param string $url  One of its images, as written, entities decoded.
	 * @param int[]  $have The widths it has.
	 * @return array<int, string> The proxy's URLs by width.
	 */
	public function extra( string $url, array $have ): array {
		$source   = $this->rules->source( $url );
		$original = null === $source ? null : $this->original( $source );
		if ( null === $source || null === $original || '' !== (string) parse_url( $source, PHP_URL_QUERY ) ) {
			return array();
		}
		$extra = array();
		foreach ( $this->settings->items( 'widths' ) as $width ) {
			if ( $width < $original->width && ! self::near( $width, $have ) ) {
				$extra[ $width ] = $this->builder->url( $this->options( $width, false ), self::beside( $source, $original->url ) ) . self::EXTRA;
				$have[]          = $width;
			}
		}
		return $extra;
	}

	/**
	 * What the library knows of a file, where that helps: the same picture, whole, beside it, and
	 * from the same edit. (After an edit WordPress still names the file from before it.)
	 *
	 * @param string $source An absolute URL.
	 */
	private function original( string $source ): ?Original {
		$file     = substr( $source, 0, strcspn( $source, '?' ) );
		$original = $this->resolver->find( $file );
		if ( null === $original || ! $original->whole() ) {
			return null;
		}
		$largest = new File_Name( $original->url );
		if ( $largest->edit !== ( new File_Name( $file ) )->edit || ! in_array( $largest->extension, $this->settings->items( 'extensions' ), true ) ) {
			return null;
		}
		return self::folder( $file ) === self::folder( $original->url ) ? $original : null;
	}

	/**
	 * Name of the folder that a file is in. What is above it may differ: another domain can serve the
	 * same files.
	 *
	 * @param string $url The file's URL.
	 */
	private static function folder( string $url ): string {
		$above = substr( $url, 0, (int) strrpos( $url, '/' ) );
		return rawurldecode( (string) strrchr( $above, '/' ) );
	}

	/**
	 * What is asked of the proxy.
	 *
	 * @param int  $width 0 for the image's own.
	 * @param bool $low   For visitors who want to save data.
	 * @return array<string, string|int>
	 */
	private function options( int $width, bool $low ): array {
		$quality = $this->settings->number( $low ? 'low_quality' : 'quality' );
		$format  = $this->settings->text( 'format' );
		return array(
			'w' => $width > 0 ? $width : '',
			'q' => $quality > 0 ? $quality : '',
			'f' => 'original' === $format ? '' : $format,
		);
	}

	/**
	 * URL of a file in the same folder: host and folder stay as they were written.
	 *
	 * @param string $source An absolute URL.
	 * @param string $other  URL of the other file.
	 */
	private static function beside( string $source, string $other ): string {
		$path  = strcspn( $source, '?' );
		$slash = (int) strrpos( substr( $source, 0, $path ), '/' );
		return substr( $source, 0, $slash + 1 ) . substr( $other, (int) strrpos( $other, '/' ) + 1 ) . substr( $source, $path );
	}

	/**
	 * The fragment that names a file, with its folders of year and month as WordPress looks for.
	 *
	 * @param string $source An absolute URL.
	 */
	private static function name( string $source ): string {
		preg_match( '~(?:[0-9]{4}/[0-9]{2}/)?[^/?]*+(?:\?.*)?\z~', $source, $name );
		return '#' . self::encode( $name[0] );
	}

	/**
	 * Text that is safe wherever a URL is.
	 *
	 * @param string $text Any text.
	 */
	private static function encode( string $text ): string {
		return str_replace( '%2F', '/', rawurlencode( $text ) );
	}

	/**
	 * Tells whether a width is near one of others.
	 *
	 * @param int   $width  The width.
	 * @param int[] $others The others.
	 */
	private static function near( int $width, array $others ): bool {
		foreach ( $others as $other ) {
			if ( abs( $width - $other ) <= self::NEAR * $other ) {
				return true;
			}
		}
		return false;
	}
}
