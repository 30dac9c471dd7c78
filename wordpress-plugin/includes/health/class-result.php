<?php
/**
 * Result: what one look at the proxy found.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Health;

defined( 'ABSPATH' ) || exit;

/**
 * A kind, which says what to do, and a detail, which says what was seen.
 */
final class Result {

	/** The kind of a look that found an image. */
	public const PASSED = 'passed';

	/**
	 * Passed, or what failed: unset, dns, connect, tls, blocked, slow, signature, missing, origin,
	 * server, or image.
	 *
	 * @var string
	 */
	public string $kind;

	/**
	 * What was seen, in the words of whoever said it; holds no secret.
	 *
	 * @var string
	 */
	public string $detail;

	/**
	 * The image's own URL, "" for none.
	 *
	 * @var string
	 */
	public string $source = '';

	/**
	 * The proxy's URL that was asked, "" for none.
	 *
	 * @var string
	 */
	public string $url = '';

	/**
	 * Takes what was found.
	 *
	 * @param string $kind   The kind.
	 * @param string $detail What was seen.
	 */
	public function __construct( string $kind, string $detail = '' ) {
		$this->kind   = $kind;
		$this->detail = $detail;
	}

	/**
	 * Tells whether an image came.
	 */
	public function passed(): bool {
		return self::PASSED === $this->kind;
	}

	/**
	 * What to tell the owner, and what to do about it.
	 */
	public function message(): string {
		$words = self::messages();
		return ( $words[ $this->kind ] ?? $words['server'] ) . ( '' === $this->detail ? '' : ' (' . $this->detail . ')' );
	}

	/**
	 * What each kind means.
	 *
	 * @return array<string, string>
	 */
	private static function messages(): array {
		return array(
			self::PASSED => __( 'The proxy delivered an image of this site.', 'gip4all' ),
			'unset'      => __( 'Endpoint, key and salt are not all set.', 'gip4all' ),
			'dns'        => __( 'The endpoint\'s host name is not known in DNS. Check its spelling; a new name can take an hour to spread.', 'gip4all' ),
			'connect'    => __( 'Nothing answers at the endpoint. Check its port, whether the proxy runs, and firewalls between this server and it.', 'gip4all' ),
			'tls'        => __( 'The endpoint has no valid certificate for https.', 'gip4all' ),
			'blocked'    => __( 'This WordPress may not open connections: wp-config.php sets WP_HTTP_BLOCK_EXTERNAL. Add the endpoint\'s host to WP_ACCESSIBLE_HOSTS.', 'gip4all' ),
			'slow'       => __( 'The proxy did not answer in time.', 'gip4all' ),
			'signature'  => __( 'The proxy refused the request (403). Key and salt must be exactly those of the proxy, and the proxy must allow this site as a source.', 'gip4all' ),
			'missing'    => __( 'The proxy answered "not found" (404). Check the path of the endpoint, and whether the proxy can see this site\'s images.', 'gip4all' ),
			'origin'     => __( 'The proxy could not fetch the image from this site. This site must be reachable from the proxy: staging passwords, firewalls and local addresses stand in its way.', 'gip4all' ),
			'server'     => __( 'The proxy answered with an error.', 'gip4all' ),
			'image'      => __( 'The endpoint answered, but with something that is not an image. Is it really the proxy\'s address?', 'gip4all' ),
		);
	}
}
