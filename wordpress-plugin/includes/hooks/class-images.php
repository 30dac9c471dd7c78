<?php
/**
 * Images: layer A, the images that WordPress itself makes.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

use Gip4all\Html\Tag_Reader;
use Gip4all\Options;
use Gip4all\Pure\Variants;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Works wherever images are made, also where no page is: in a feed, or in an answer to a script.
 *
 * The functions that name an attachment's URL stay untouched: what they say is stored, mailed and
 * compared, and WordPress makes a srcset only for a src that it knows.
 */
final class Images {

	/**
	 * Wires the hooks: late, so that other plugins have had their say.
	 */
	public static function start(): void {
		add_filter( 'wp_calculate_image_srcset', array( self::class, 'srcset' ), 99, 5 );
		add_filter( 'wp_get_attachment_image_attributes', array( self::class, 'attributes' ), 99, 3 );
		add_filter( 'wp_content_img_tag', array( self::class, 'tag' ), 99 );
		add_filter( 'wp_get_attachment_metadata', array( self::class, 'learn' ), 99 );
		add_filter( 'wp_resource_hints', array( self::class, 'hints' ), 10, 2 );
		add_filter( 'wp_omit_loading_attr_threshold', array( self::class, 'threshold' ), 99 );
		add_filter( 'wp_get_loading_optimization_attributes', array( self::class, 'priority' ), 99 );
	}

	/**
	 * Leads every candidate through the proxy, and adds those that the original allows.
	 *
	 * @param mixed $sources Candidates by width.
	 * @param mixed $size    The size that is shown.
	 * @param mixed $src     The image's URL.
	 * @param mixed $meta    What the library knows.
	 * @return mixed
	 */
	public static function srcset( $sources, $size = null, $src = '', $meta = null ) {
		return Safely::call(
			static function () use ( $sources, $meta ) {
				$site = is_array( $sources ) && Guards::open() ? Site::current() : null;
				return $site && $sources ? self::candidates( $site, $sources, $meta ) : $sources;
			},
			$sources
		);
	}

	/**
	 * Leads every candidate through the proxy, if all have a width.
	 *
	 * @param Site         $site    Gives URLs.
	 * @param array<mixed> $sources Candidates by width.
	 * @param mixed        $meta    What the library knows.
	 * @return array<mixed>
	 */
	private static function candidates( Site $site, array $sources, $meta ): array {
		$site->library->learn( $meta );
		$widest = '';
		foreach ( $sources as $width => $source ) {
			if ( ! is_array( $source ) || ! is_string( $source['url'] ?? null ) || 'w' !== ( $source['descriptor'] ?? '' ) ) {
				return $sources;
			}
			$widest                   = max( array_keys( $sources ) ) === $width ? $source['url'] : $widest;
			$sources[ $width ]['url'] = $site->variants->address( $source['url'] ) ?? $source['url'];
		}
		return $sources + self::extra( $site->variants, $widest, array_keys( $sources ) );
	}

	/**
	 * More candidates, as WordPress keeps them.
	 *
	 * @param Variants $variants Gives URLs.
	 * @param string   $url      The widest there is.
	 * @param int[]    $have     The widths there are.
	 * @return array<int, array{url: string, descriptor: string, value: int}>
	 */
	private static function extra( Variants $variants, string $url, array $have ): array {
		$extra = array();
		foreach ( $variants->extra( $url, $have ) as $width => $address ) {
			$extra[ $width ] = array(
				'url'        => $address,
				'descriptor' => 'w',
				'value'      => $width,
			);
		}
		return $extra;
	}

	/**
	 * Leads the image of wp_get_attachment_image() through the proxy.
	 *
	 * @param mixed $attributes Its attributes.
	 * @param mixed $attachment The attachment.
	 * @param mixed $size       The size that was asked for.
	 * @return mixed
	 */
	public static function attributes( $attributes, $attachment = null, $size = '' ) {
		return Safely::call(
			static function () use ( $attributes, $attachment, $size ) {
				$site = is_array( $attributes ) && Guards::open() ? Site::current() : null;
				return $site ? self::led( $site, $attributes, $attachment, $size ) : $attributes;
			},
			$attributes
		);
	}

	/**
	 * Leads every attribute with a URL through the proxy.
	 *
	 * @param Site         $site       Gives URLs.
	 * @param array<mixed> $attributes Its attributes.
	 * @param mixed        $attachment The attachment.
	 * @param mixed        $size       The size that was asked for.
	 * @return mixed
	 */
	private static function led( Site $site, array $attributes, $attachment, $size ) {
		$before = array_map( 'strval', array_filter( $attributes, 'is_scalar' ) );
		if ( $site->rules->excludes( $before ) ) {
			// The srcset was made before anyone knew.
			return isset( $before['srcset'] ) ? array( 'srcset' => $site->reverser->reverse( $before['srcset'] ) ) + $attributes : $attributes;
		}
		foreach ( array( 'src', 'data-src', 'data-large_image', 'data-thumb' ) as $name ) {
			$address = isset( $before[ $name ] ) ? $site->variants->address( $before[ $name ] ) : null;
			if ( null !== $address ) {
				$attributes[ $name ] = $address;
			}
		}
		/**
		 * Filters the attributes of an image after its URLs were led through the proxy.
		 *
		 * @since 0.1.0
		 *
		 * @param array        $attributes Values by name.
		 * @param \WP_Post     $attachment The attachment.
		 * @param string|int[] $size       The size that was asked for.
		 */
		return apply_filters( 'gip4all_attributes', $attributes, $attachment, $size );
	}

	/**
	 * Leads an image of a content through the proxy.
	 *
	 * @param mixed $tag The img tag.
	 * @return mixed
	 */
	public static function tag( $tag ) {
		return Safely::call(
			static function () use ( $tag ) {
				$site = is_string( $tag ) && 0 === strpos( $tag, '<' ) && Guards::open() ? Site::current() : null;
				if ( null === $site ) {
					return $tag;
				}
				$read = Tag_Reader::read( $tag, 0 );
				return $read && $site->rules->excludes( $read->decoded() ) ? $site->reverser->reverse( $tag ) : $site->rewriter->rewrite( $tag );
			},
			$tag
		);
	}

	/**
	 * Learns an image that WordPress is just reading.
	 *
	 * @param mixed $meta What the library knows.
	 * @return mixed
	 */
	public static function learn( $meta ) {
		Safely::call(
			static function () use ( $meta ) {
				$site = is_array( $meta ) && Guards::open() ? Site::current() : null;
				if ( $site ) {
					$site->library->learn( $meta );
				}
			}
		);
		return $meta;
	}

	/**
	 * Lets browsers connect to the proxy before they know why. WordPress leaves a port out of these
	 * hints, so an endpoint with one gets its own from Page.
	 *
	 * @param mixed  $hints Hosts.
	 * @param string $kind  What to do with them.
	 * @return mixed
	 */
	public static function hints( $hints, $kind = '' ) {
		$endpoint = is_array( $hints ) && 'preconnect' === $kind && Guards::open() ? Options::settings()->text( 'endpoint' ) : '';
		if ( '' !== $endpoint && null === wp_parse_url( $endpoint, PHP_URL_PORT ) ) {
			$hints[] = $endpoint;
		}
		return $hints;
	}

	/**
	 * How many images load at once, if the owner said so.
	 *
	 * @param mixed $number What WordPress thinks.
	 * @return mixed
	 */
	public static function threshold( $number ) {
		$chosen = (int) Options::own( 'eager' );
		return $chosen > 0 ? $chosen : $number;
	}

	/**
	 * Takes fetchpriority away, if the owner said so.
	 *
	 * @param mixed $attributes What WordPress thinks.
	 * @return mixed
	 */
	public static function priority( $attributes ) {
		if ( is_array( $attributes ) && ! Options::own( 'fetchpriority' ) ) {
			unset( $attributes['fetchpriority'] );
		}
		return $attributes;
	}
}
