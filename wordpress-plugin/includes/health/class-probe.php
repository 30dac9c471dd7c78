<?php
/**
 * Probe: fetches an image of this site through the proxy.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Health;

use Gip4all\Options;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Looks as a browser would, within limits of time and size, and names what it saw.
 */
final class Probe {

	/** Seconds after which a visitor would have given up. */
	private const PATIENCE = 4;

	/** Failures that can be one image's own: its file is gone, or broken. */
	private const OF_IMAGE = array( 'missing', 'origin', 'image' );

	/** Images tried at most, so that one that is gone does not switch a site off. */
	private const IMAGES = 3;

	/** Bytes read at most of an answer. */
	private const LIMIT = 2097152;

	/**
	 * Looks at an image, and at others if the failure can be its own; a second time where it can be a
	 * hiccup.
	 *
	 * @param bool $patient Whether somebody waits for the answer who wants the proxy to work: then the
	 *                      image may have to be made first. Visitors should not wait for that.
	 */
	public static function run( bool $patient = false ): Result {
		$site = Site::current();
		if ( null === $site ) {
			return new Result( 'unset', implode( '; ', Options::mistakes() ) );
		}
		$first = null;
		foreach ( array_slice( self::sources( $site ), 0, self::IMAGES ) as $source ) {
			$result = self::try( $site, $source, $patient );
			$first  = $first ?? $result;
			if ( ! in_array( $result->kind, self::OF_IMAGE, true ) ) {
				return $result;
			}
		}
		return $first;
	}

	/**
	 * Looks at one image.
	 *
	 * @param Site   $site    The site.
	 * @param string $source  The image's own URL.
	 * @param bool   $patient As run() has it.
	 */
	private static function try( Site $site, string $source, bool $patient ): Result {
		$url    = $site->builder->url( array( 'w' => 96, 'f' => 'jpeg' ), $source ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		$result = self::look( $url );
		if ( in_array( $result->kind, array( 'server', 'connect' ), true ) || ( $patient && 'slow' === $result->kind ) ) {
			$result = self::look( $url );
		}
		$result->source = $source;
		$result->url    = $url;
		return $result;
	}

	/**
	 * URL of an image to show: the newest.
	 *
	 * @param Site $site The site.
	 */
	public static function source( Site $site ): string {
		return self::sources( $site )[0];
	}

	/**
	 * URLs of images of this site: the newest, or one that WordPress itself brings.
	 *
	 * @param Site $site The site.
	 * @return string[]
	 */
	private static function sources( Site $site ): array {
		$newest  = get_posts(
			array(
				'post_type'        => 'attachment',
				'post_mime_type'   => array( 'image/jpeg', 'image/png', 'image/webp' ),
				'post_status'      => 'inherit',
				'posts_per_page'   => 5,
				'fields'           => 'ids',
				'suppress_filters' => true,
			)
		);
		$sources = array();
		foreach ( $newest as $id ) {
			$sources[] = $site->rules->source( (string) wp_get_attachment_url( $id ) );
		}
		$sources = array_values( array_filter( $sources ) );
		return $sources ? $sources : array( includes_url( 'images/w-logo-blue.png' ) );
	}

	/**
	 * Asks the proxy once.
	 *
	 * @param string $url The proxy's URL.
	 */
	private static function look( string $url ): Result {
		$answer = wp_remote_get(
			$url,
			array(
				'timeout'             => self::PATIENCE,
				'redirection'         => 0,
				'limit_response_size' => self::LIMIT,
				'headers'             => array( 'Accept' => 'image/*' ),
			)
		);
		return is_wp_error( $answer ) ? self::failed( $answer ) : self::answered( $answer );
	}

	/**
	 * Names a failure to connect. WordPress hands on curl's own words.
	 *
	 * @param \WP_Error $error What WordPress says.
	 */
	private static function failed( \WP_Error $error ): Result {
		$text  = $error->get_error_message();
		$kinds = array(
			'dns'     => '/curl error 6\b|resolve|getaddrinfo/i',
			'slow'    => '/curl error 28\b|timed? ?out/i',
			'tls'     => '/curl error (?:35|51|53|58|59|60|77|83)\b|ssl|certificate/i',
			'blocked' => '/WP_HTTP_BLOCK_EXTERNAL|blocked requests/i',
		);
		if ( 'http_request_not_executed' === $error->get_error_code() ) {
			return new Result( 'blocked' );
		}
		foreach ( $kinds as $kind => $pattern ) {
			if ( 1 === preg_match( $pattern, $text ) ) {
				return new Result( $kind, self::short( $text ) );
			}
		}
		return new Result( 'connect', self::short( $text ) );
	}

	/**
	 * Names what an answer is.
	 *
	 * @param array<string, mixed> $answer What came.
	 */
	private static function answered( array $answer ): Result {
		$code  = (int) wp_remote_retrieve_response_code( $answer );
		$type  = (string) wp_remote_retrieve_header( $answer, 'content-type' );
		$body  = wp_remote_retrieve_body( $answer );
		$words = 0 === strncmp( $type, 'text/plain', 10 ) || false !== strpos( $type, 'json' ) ? self::short( $body ) : '';
		$kinds = array( 401 => 'signature', 403 => 'signature', 404 => 'missing', 410 => 'missing', 422 => 'origin', 502 => 'origin', 504 => 'origin' ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		if ( 200 !== $code ) {
			return new Result( $kinds[ $code ] ?? ( $code >= 500 ? 'server' : 'image' ), trim( "$code $words" ) );
		}
		if ( 0 !== strncmp( $type, 'image/', 6 ) || false === getimagesizefromstring( $body ) ) {
			return new Result( 'image', $type );
		}
		return new Result( Result::PASSED );
	}

	/**
	 * The begin of what somebody else said, without marks and without addresses' signatures.
	 *
	 * @param string $text Their words.
	 */
	private static function short( string $text ): string {
		$text = (string) preg_replace( '~/[A-Za-z0-9_-]{43}/~', '/…/', wp_strip_all_tags( $text ) );
		return trim( mb_substr( (string) preg_replace( '/\s+/', ' ', $text ), 0, 160 ) );
	}
}
