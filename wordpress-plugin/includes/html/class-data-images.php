<?php
/**
 * Data_Images: the images that are written out inside a text, and addresses in their place.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

use Gip4all\Pure\Data_Url;

defined( 'ABSPATH' ) || exit;

/**
 * Changes src of img, and the "url" of the block that the image stands in, and not one other byte:
 * the block editor compares what a block says with what it holds, and a class more would break it.
 */
final class Data_Images {

	/**
	 * Finds tags.
	 *
	 * @var Tag_Starts
	 */
	private Tag_Starts $engine;

	/**
	 * Takes what finds tags; without it, the best there is.
	 *
	 * @param Tag_Starts|null $engine Finds tags.
	 */
	public function __construct( ?Tag_Starts $engine = null ) {
		$this->engine = $engine ?? ( Processor_Starts::here() ? new Processor_Starts() : new Scanner_Starts() );
	}

	/**
	 * Raw values of src that hold an image, each once. An image with data-src is a place that is
	 * held for another.
	 *
	 * @param string $html A post's content.
	 * @return string[]
	 */
	public function find( string $html ): array {
		if ( false === stripos( $html, 'data:image/' ) ) {
			return array();
		}
		$found = array();
		foreach ( $this->sources( $html ) as $tag ) {
			if ( Data_Url::is( Tag::decode( $tag->values['src'] ) ) && ! isset( $tag->values['data-src'] ) && ! isset( $tag->values['data-srcset'] ) ) {
				$found[ md5( $tag->values['src'] ) ] = $tag->values['src'];
			}
		}
		return array_values( $found );
	}

	/**
	 * Puts other values in the place of some.
	 *
	 * @param string                $html   A post's content.
	 * @param array<string, string> $values New raw values of src by old.
	 */
	public function replace( string $html, array $values ): string {
		$edits = new Edits();
		foreach ( $this->sources( $html ) as $tag ) {
			$old = $tag->values['src'];
			if ( isset( $values[ $old ] ) ) {
				$edits->replace( $tag->starts['src'], strlen( $old ), $values[ $old ] );
			}
		}
		$html = $edits->apply( $html );
		foreach ( $values as $old => $new ) {
			$html = str_replace( '"url":"' . $old . '"', '"url":"' . $new . '"', $html );
		}
		return $html;
	}

	/**
	 * The images that have a src.
	 *
	 * @param string $html A post's content.
	 * @return iterable<Tag>
	 */
	private function sources( string $html ): iterable {
		foreach ( $this->engine->of( $html ) as $start ) {
			if ( 0 === substr_compare( $html, '<img', $start, 4, true ) ) {
				$tag = Tag_Reader::read( $html, $start );
				if ( $tag && 'img' === $tag->name && isset( $tag->values['src'] ) ) {
					yield $tag;
				}
			}
		}
	}
}
