<?php
/**
 * Answer: what a server said.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

/**
 * Status, headers and body.
 */
final class Answer {

	/**
	 * The HTTP status.
	 *
	 * @var int
	 */
	public int $status = 0;

	/**
	 * Last value by lower-case name.
	 *
	 * @var array<string, string>
	 */
	public array $headers = array();

	/**
	 * The body.
	 *
	 * @var string
	 */
	public string $body = '';

	/**
	 * How long it took, in seconds.
	 *
	 * @var float
	 */
	public float $seconds = 0;

	/**
	 * Asks.
	 *
	 * @param string            $url     What.
	 * @param array<int, mixed> $options For curl.
	 * @throws \RuntimeException When nobody answers.
	 */
	public static function of( string $url, array $options = array() ): self {
		$answer = new self();
		$curl   = curl_init( $url );
		curl_setopt_array(
			$curl,
			$options + array(
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_TIMEOUT        => 60,
				CURLOPT_HEADERFUNCTION => static function ( $curl, string $line ) use ( $answer ): int {
					$pair = explode( ':', $line, 2 );
					if ( isset( $pair[1] ) ) {
						$answer->headers[ strtolower( $pair[0] ) ] = trim( $pair[1] );
					}
					return strlen( $line );
				},
			)
		);
		$body = curl_exec( $curl );
		if ( ! is_string( $body ) ) {
			throw new \RuntimeException( $url . ': ' . curl_error( $curl ) );
		}
		$answer->body    = $body;
		$answer->status  = (int) curl_getinfo( $curl, CURLINFO_RESPONSE_CODE );
		$answer->seconds = (float) curl_getinfo( $curl, CURLINFO_TOTAL_TIME );
		return $answer;
	}
}
