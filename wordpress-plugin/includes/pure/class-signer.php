<?php
/**
 * Signer: who may ask the proxy for an image.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Signs paths exactly as imgproxy does, and makes site and url tokens: byte for byte what the
 * proxy verifies. The vectors that the server's own tests read hold it to that.
 *
 * It never quotes a key: not in an error, and not when it is dumped.
 */
final class Signer {

	/** Bytes of the MAC in a token; 22 characters. */
	private const TOKEN_SIZE = 16;

	/**
	 * The key's bytes.
	 *
	 * @var string
	 */
	private string $key;

	/**
	 * The salt's bytes.
	 *
	 * @var string
	 */
	private string $salt;

	/**
	 * Bytes of the MAC kept in an exact signature.
	 *
	 * @var int
	 */
	private int $size;

	/**
	 * Takes key and salt as hexadecimal text.
	 *
	 * @param string $key  The key.
	 * @param string $salt The salt.
	 * @param int    $size Bytes of the MAC kept, 16 to 32: the server's signature size.
	 * @throws \InvalidArgumentException That names the input and quotes no key.
	 */
	public function __construct( string $key, string $salt, int $size = 32 ) {
		if ( $size < self::TOKEN_SIZE || $size > 32 ) {
			throw new \InvalidArgumentException( "size $size is not within 16 to 32" );
		}
		$this->key  = self::from_hex( $key, 'key' );
		$this->salt = self::from_hex( $salt, 'salt' );
		$this->size = $size;
	}

	/**
	 * Signs a path: everything after the signature, from its slash.
	 *
	 * @param string $path The path, as it will be sent.
	 * @throws \InvalidArgumentException For a path without its slash, which the proxy never accepts.
	 */
	public function sign( string $path ): string {
		if ( '' === $path || '/' !== $path[0] ) {
			throw new \InvalidArgumentException( "path \"$path\" does not begin with a slash" );
		}
		return self::encode( $this->mac( $this->salt . $path ), $this->size );
	}

	/**
	 * Tells whether a signature is the one spelling of the signature of a path.
	 *
	 * @param string $signature What was given.
	 * @param string $path      What it should sign.
	 */
	public function verify( string $signature, string $path ): bool {
		return '' !== $path && '/' === $path[0] && hash_equals( $this->sign( $path ), $signature );
	}

	/**
	 * Makes the public token of a site at a generation: it opens any source that the site lists.
	 *
	 * @param string $site       The site's name.
	 * @param int    $generation Its generation; raising it revokes every token before.
	 */
	public function site_token( string $site, int $generation ): string {
		return $this->token( array( 'gip:site:v1', self::name( $site ), (string) $generation ) );
	}

	/**
	 * Makes the token that opens one source for a site.
	 *
	 * @param string $site       The site's name.
	 * @param int    $generation Its generation.
	 * @param string $source     The decoded source URL, byte for byte.
	 */
	public function url_token( string $site, int $generation, string $source ): string {
		return $this->token( array( 'gip:url:v1', self::name( $site ), (string) $generation, $source ) );
	}

	/**
	 * Shows nothing of the key in a dump or a log.
	 *
	 * @return array<string, string>
	 */
	public function __debugInfo(): array {
		return array( 'key' => '(hidden)' );
	}

	/**
	 * Joins the fields by NUL bytes, as the proxy does; a token has no salt.
	 *
	 * @param string[] $fields The label and what it says.
	 */
	private function token( array $fields ): string {
		return self::encode( $this->mac( implode( "\0", $fields ) ), self::TOKEN_SIZE );
	}

	/**
	 * Refuses a NUL in a name: it would let the name claim another message's fields.
	 *
	 * @param string $site The site's name.
	 * @throws \InvalidArgumentException For a name with a NUL.
	 */
	private static function name( string $site ): string {
		if ( false !== strpos( $site, "\0" ) ) {
			throw new \InvalidArgumentException( 'the site\'s name holds a NUL' );
		}
		return $site;
	}

	/**
	 * The raw HMAC-SHA256 of a message.
	 *
	 * @param string $message The message.
	 */
	private function mac( string $message ): string {
		return hash_hmac( 'sha256', $message, $this->key, true );
	}

	/**
	 * Writes the first bytes of a MAC as base64url without padding.
	 *
	 * @param string $mac  The MAC.
	 * @param int    $size How many of its bytes.
	 */
	private static function encode( string $mac, int $size ): string {
		return rtrim( strtr( base64_encode( substr( $mac, 0, $size ) ), '+/', '-_' ), '=' );
	}

	/**
	 * Reads hexadecimal text.
	 *
	 * @param string $text What was given.
	 * @param string $what Its name, for the error.
	 * @throws \InvalidArgumentException That does not repeat the text, for it is a secret.
	 */
	private static function from_hex( string $text, string $what ): string {
		if ( 1 !== preg_match( '/\A(?:[0-9a-f]{2})+\z/i', $text ) ) {
			throw new \InvalidArgumentException( "the $what is empty or not hexadecimal" );
		}
		return (string) hex2bin( $text );
	}
}
