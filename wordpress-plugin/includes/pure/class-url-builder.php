<?php
/**
 * Url_Builder: how an image and what to do to it are written in a URL.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Writes signed image URLs in the proxy's canonical form, and reads the source back out of one.
 *
 * The promise: a URL that it writes needs no escaping anywhere: not in an attribute, a srcset,
 * a style sheet, JSON or plain text. Sources with a character that would break one of these
 * are written as base64. All others stay readable, and end in the original URL.
 */
final class Url_Builder {

	/** The proxy's options, in its canonical order. */
	private const ORDER = 'rt w h dpr el g c car t mw mh z ar rot fl ex exar pd bga fi br co sa mc dt bl sh pix ush col gr rnd wm q f bg fq mb aq sm kcr scp skp raw pg pgs da ph msr msfs maf mafr mrd hs exp cb ct fn att fiu';

	/** Bytes that are safe in every place a URL is written to. The rest of ASCII is not. */
	private const SAFE = '/\A[A-Za-z0-9._~:\/%?#@!$*+= \x80-\xff-]*+\z/';

	/** A URL that needs no escaping anywhere. */
	private const CLEAN = '~\A(?:https?:/)?/[A-Za-z0-9._\~:/%!$*+=-]++\z~';

	/**
	 * The proxy's address, without a slash at its end.
	 *
	 * @var string
	 */
	private string $endpoint;

	/**
	 * Signs.
	 *
	 * @var Signer
	 */
	private Signer $signer;

	/**
	 * Place of each option in the canonical order.
	 *
	 * @var array<string, int>
	 */
	private array $places;

	/**
	 * Changes a finished URL.
	 *
	 * @var callable|null
	 */
	private $filter;

	/**
	 * Takes what every URL has in common.
	 *
	 * @param string        $endpoint The proxy's address.
	 * @param Signer        $signer   Signs.
	 * @param callable|null $filter   Gets a signed URL, its source and its options; gives the URL to
	 *                                use. What breaks the promise above is not used.
	 */
	public function __construct( string $endpoint, Signer $signer, ?callable $filter = null ) {
		$this->filter   = $filter;
		$this->endpoint = rtrim( $endpoint, '/' );
		$this->signer   = $signer;
		$this->places   = array_flip( explode( ' ', self::ORDER ) );
	}

	/**
	 * The signed URL of an image.
	 *
	 * @param array<string, string|int> $options Arguments by the options' short names.
	 * @param string                    $source  The image's own URL.
	 */
	public function url( array $options, string $source ): string {
		$path = $this->path( $options, $source );
		$url  = $this->endpoint . '/' . $this->signer->sign( $path ) . $path;
		if ( ! $this->filter ) {
			return $url;
		}
		$other = (string) ( $this->filter )( $url, $source, $options );
		return 1 === preg_match( self::CLEAN, $other ) ? $other : $url;
	}

	/**
	 * The path that is signed: options in canonical order, then the source.
	 *
	 * @param array<string, string|int> $options Arguments by the options' short names.
	 * @param string                    $source  The image's own URL.
	 */
	public function path( array $options, string $source ): string {
		$plain = 1 === preg_match( self::SAFE, $source );
		return $this->options( $options ) . ( $plain ? '/plain/' . self::escape( $source ) : '/' . self::base64( $source ) );
	}

	/**
	 * Options as the proxy itself would write them; an empty argument leaves its option out.
	 *
	 * @param array<string, string|int> $options Arguments by the options' short names.
	 * @throws \InvalidArgumentException That names an option that does not exist.
	 */
	public function options( array $options ): string {
		$segments = array();
		foreach ( $options as $name => $argument ) {
			if ( ! isset( $this->places[ $name ] ) ) {
				throw new \InvalidArgumentException( "option \"$name\" does not exist" );
			}
			if ( '' !== (string) $argument ) {
				$segments[ $this->places[ $name ] ] = "/$name:$argument";
			}
		}
		ksort( $segments );
		return implode( '', $segments );
	}

	/**
	 * Escapes a source in its only canonical spelling: what is not printable ASCII, and %?#@.
	 *
	 * @param string $source The image's own URL.
	 */
	public static function escape( string $source ): string {
		return (string) preg_replace_callback(
			'/[^\x21-\x7e]|[%?#@]/',
			static function ( array $byte ): string {
				return sprintf( '%%%02X', ord( $byte[0] ) );
			},
			$source
		);
	}

	/**
	 * Tells whether a URL already leads to the proxy.
	 *
	 * @param string $url Any URL.
	 */
	public function leads_here( string $url ): bool {
		return 0 === strncasecmp( $url, $this->endpoint . '/', strlen( $this->endpoint ) + 1 );
	}

	/**
	 * The proxy's address, without a slash at its end.
	 */
	public function endpoint(): string {
		return $this->endpoint;
	}

	/**
	 * Reads the source out of a URL of the proxy, or gives null. The signature is not checked: a
	 * URL that was signed with an older key has to find its way back too.
	 *
	 * @param string $url A URL without its fragment.
	 */
	public function source( string $url ): ?string {
		if ( ! $this->leads_here( $url ) ) {
			return null;
		}
		$path = substr( $url, strlen( $this->endpoint ) );
		if ( 1 === preg_match( '~\A/[A-Za-z0-9_-]{22,43}(?:/[a-z]+:[^/]*+)*+/plain/(.+)\z~', $path, $found ) ) {
			return rawurldecode( $found[1] );
		}
		if ( 1 === preg_match( '~\A/[A-Za-z0-9_-]{22,43}(?:/[a-z]+:[^/]*+)*+/([A-Za-z0-9_-]+)\z~', $path, $found ) ) {
			$source = base64_decode( strtr( $found[1], '-_', '+/' ), true );
			return false === $source || false === strpos( $source, '://' ) ? null : $source;
		}
		return null;
	}

	/**
	 * A source as base64url without padding.
	 *
	 * @param string $source The image's own URL.
	 */
	private static function base64( string $source ): string {
		return rtrim( strtr( base64_encode( $source ), '+/', '-_' ), '=' );
	}
}
