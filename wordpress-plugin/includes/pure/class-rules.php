<?php
/**
 * Rules: which images are this site's, and which of them are left alone.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Decides by a URL alone, or by the tag it stands in.
 *
 * On doubt it says no: an image that is left alone still shows.
 */
final class Rules {

	/**
	 * Scheme, host, path and query. A percent sign that escapes nothing is refused: browsers forgive
	 * it, servers need not.
	 */
	private const FORM = '~\A(?:(https?):)?(?://([^/?]*+))?(/[^?%]*+(?:%[0-9a-f]{2}[^?%]*+)*+)(\?[^%]*+(?:%[0-9a-f]{2}[^%]*+)*+)?\z~ui';

	/** Files that were sold: their addresses are never given to anyone, whatever the settings say. */
	private const PRIVATE_FOLDER = '/woocommerce_uploads/';

	/** Names of the lists and of extensions, so that the settings are asked once. */
	private const LISTS = array( 'extensions', 'exclude_paths', 'exclude_classes', 'exclude_attributes' );

	/**
	 * Decoded paths of upload folders by host, each with a slash at its end.
	 *
	 * @var array<string, string[]>
	 */
	private array $folders = array();

	/**
	 * Scheme and host that a URL without them takes, and its host as compared.
	 *
	 * @var array{scheme: string, host: string}
	 */
	private array $home;

	/**
	 * Texts of which every URL of ours holds one.
	 *
	 * @var string[]
	 */
	private array $marks = array();

	/**
	 * The settings' lists.
	 *
	 * @var array<string, array<int, mixed>>
	 */
	private array $lists = array();

	/**
	 * The proxy's address with a slash at its end.
	 *
	 * @var string
	 */
	private string $endpoint;

	/**
	 * Says that one more URL is to be left alone.
	 *
	 * @var callable|null
	 */
	private $skip;

	/**
	 * Takes where this site's images are.
	 *
	 * @param Settings      $settings Says what is excluded.
	 * @param string        $home     URL of the site: relative addresses are under its host.
	 * @param string[]      $folders  URLs of upload folders: this site's, other domains', other
	 *                                sites' of the network. A folder never reaches its neighbour:
	 *                                ".../uploads" is not ".../uploads-old".
	 * @param callable|null $skip     Gets a source URL; true leaves it alone.
	 */
	public function __construct( Settings $settings, string $home, array $folders, ?callable $skip = null ) {
		$this->home     = self::origin( $home );
		$this->endpoint = $settings->text( 'endpoint' ) . '/';
		$this->skip     = $skip;
		foreach ( self::LISTS as $name ) {
			$this->lists[ $name ] = $settings->items( $name );
		}
		foreach ( $folders as $folder ) {
			$this->add( $folder );
		}
	}

	/**
	 * The absolute URL of an image of ours, or null where it is to be left alone: not under an
	 * upload folder, no image, excluded, or already on its way through the proxy. A fragment asks
	 * for a part of an image, and is left alone too.
	 *
	 * @param string $url As written in a page, entities decoded.
	 */
	public function source( string $url ): ?string {
		if ( false !== strpbrk( $url, "#\\\n\r\t" ) || 1 !== preg_match( self::FORM, $url, $part ) ) {
			return null;
		}
		list( , $scheme, $host, $path ) = $part;
		if ( ( '' === $host && '' !== $scheme ) || 0 === strncasecmp( $url, $this->endpoint, strlen( $this->endpoint ) ) ) {
			return null;
		}
		$host   = '' === $host ? $this->home['host'] : $host;
		$source = ( '' === $scheme ? $this->home['scheme'] : strtolower( $scheme ) ) . '://' . $host . $path . ( $part[4] ?? '' );
		return $this->wanted( self::host( $host ), $path, $source ) ? $source : null;
	}

	/**
	 * Where a text can hold URLs of ours, in rising order. Most tags of a page cannot.
	 *
	 * @param string $text HTML.
	 * @return int[]
	 */
	public function places( string $text ): array {
		$places = array();
		foreach ( $this->marks as $mark ) {
			for ( $at = strpos( $text, $mark ); false !== $at; $at = strpos( $text, $mark, $at + 1 ) ) {
				$places[] = $at;
			}
		}
		sort( $places );
		return $places;
	}

	/**
	 * Tells whether a tag with these attributes is left alone. An exclusion is a name, or a name
	 * with its value: data-role or data-role=logo.
	 *
	 * @param array<string, string> $attributes Decoded values by lower-case names.
	 */
	public function excludes( array $attributes ): bool {
		$classes = preg_split( '/\s+/', $attributes['class'] ?? '' );
		if ( array_intersect( $this->lists['exclude_classes'], (array) $classes ) ) {
			return true;
		}
		foreach ( $this->lists['exclude_attributes'] as $rule ) {
			$pair = explode( '=', $rule, 2 );
			$name = strtolower( $pair[0] );
			if ( isset( $attributes[ $name ] ) && ( ! isset( $pair[1] ) || trim( $pair[1], '"\'' ) === $attributes[ $name ] ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Adds an upload folder.
	 *
	 * @param string $folder Its URL.
	 */
	private function add( string $folder ): void {
		$origin = self::origin( $folder );
		$path   = rtrim( (string) parse_url( $folder, PHP_URL_PATH ), '/' ) . '/';
		$plain  = rawurldecode( $path );
		$coded  = implode( '/', array_map( 'rawurlencode', explode( '/', $plain ) ) );

		$this->folders[ self::host( $origin['host'] ) ][] = $plain;

		$this->marks = array_values( array_unique( array_merge( $this->marks, '/' === $path ? array( '//' . $origin['host'] . '/' ) : array( $path, $plain, $coded ) ) ) );
	}

	/**
	 * Tells whether a host and path are ours and not excluded.
	 *
	 * @param string $host   As compared.
	 * @param string $path   As written.
	 * @param string $source The whole URL.
	 */
	private function wanted( string $host, string $path, string $source ): bool {
		$plain = rawurldecode( $path );
		if ( false !== strpos( $plain, "\0" ) || false !== strpos( $plain, '\\' ) || 1 === preg_match( '~/\.\.?(?:/|\z)~', $plain ) ) {
			return false;
		}
		return $this->inside( $host, $plain )
			&& in_array( ( new File_Name( $path ) )->extension, $this->lists['extensions'], true )
			&& ! $this->excluded( $plain )
			&& ! ( $this->skip && ( $this->skip )( $source ) );
	}

	/**
	 * Tells whether a path is in one of a host's folders.
	 *
	 * @param string $host As compared.
	 * @param string $path Decoded.
	 */
	private function inside( string $host, string $path ): bool {
		foreach ( $this->folders[ $host ] ?? array() as $folder ) {
			if ( 0 === strncmp( $path, $folder, strlen( $folder ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tells whether a path is excluded: by a part of it, or by a pattern of the whole with *.
	 *
	 * @param string $path Decoded.
	 */
	private function excluded( string $path ): bool {
		if ( false !== strpos( $path, self::PRIVATE_FOLDER ) ) {
			return true;
		}
		foreach ( $this->lists['exclude_paths'] as $rule ) {
			if ( false === strpos( $rule, '*' ) ) {
				if ( false !== strpos( $path, $rule ) ) {
					return true;
				}
			} elseif ( self::globs( $rule, $path ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Matches a whole path to a pattern, piece by piece and never back: a regular expression with
	 * many stars could take for ever.
	 *
	 * @param string $pattern With *, which stands for anything.
	 * @param string $path    Decoded.
	 */
	private static function globs( string $pattern, string $path ): bool {
		$pieces = explode( '*', $pattern );
		$first  = array_shift( $pieces );
		$last   = (string) array_pop( $pieces );
		if ( 0 !== strncmp( $path, $first, strlen( $first ) ) ) {
			return false;
		}
		$at = strlen( $first );
		foreach ( $pieces as $piece ) {
			$found = '' === $piece ? $at : strpos( $path, $piece, $at );
			if ( false === $found ) {
				return false;
			}
			$at = $found + strlen( $piece );
		}
		return strlen( $path ) - strlen( $last ) >= $at && substr( $path, strlen( $path ) - strlen( $last ) ) === $last;
	}

	/**
	 * Scheme and host, with its port, of a URL.
	 *
	 * @param string $url The URL.
	 * @return array{scheme: string, host: string}
	 */
	private static function origin( string $url ): array {
		$part = (array) parse_url( $url );
		$port = isset( $part['port'] ) ? ':' . $part['port'] : '';
		return array(
			'scheme' => $part['scheme'] ?? 'https',
			'host'   => ( $part['host'] ?? '' ) . $port,
		);
	}

	/**
	 * A host as compared: in lower case, without the ports that need not be said.
	 *
	 * @param string $host With or without a port.
	 */
	private static function host( string $host ): string {
		return (string) preg_replace( '/:(?:80|443)\z/', '', strtolower( $host ) );
	}
}
