<?php
/**
 * Rewriter: leads the images of a page through the proxy.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Html;

use Gip4all\Pure\Rules;
use Gip4all\Pure\Variants;

defined( 'ABSPATH' ) || exit;

/**
 * Changes the URLs of this site's images in HTML, and not one other byte.
 *
 * Twice is the same as once. What it cannot read, it leaves as it is. Images in <template> and
 * <noscript> are images, and so are those in <pre>: only what the parser calls text is none.
 */
final class Rewriter {

	/**
	 * Which images are ours.
	 *
	 * @var Rules
	 */
	private Rules $rules;

	/**
	 * Gives the proxy's URLs.
	 *
	 * @var Variants
	 */
	private Variants $variants;

	/**
	 * Finds tags.
	 *
	 * @var Tag_Starts
	 */
	private Tag_Starts $engine;

	/**
	 * Changes the JSON of shops; null leaves it alone.
	 *
	 * @var Json_Attribute|null
	 */
	private ?Json_Attribute $json;

	/**
	 * Takes what decides; without an engine, the best there is.
	 *
	 * @param Rules           $rules    Which images are ours.
	 * @param Variants        $variants Gives the proxy's URLs.
	 * @param Tag_Starts|null $engine   Finds tags.
	 * @param bool            $json     Whether to look into the JSON that shops keep in attributes.
	 */
	public function __construct( Rules $rules, Variants $variants, ?Tag_Starts $engine = null, bool $json = false ) {
		$this->json     = $json ? new Json_Attribute( $variants ) : null;
		$this->rules    = $rules;
		$this->variants = $variants;
		$this->engine   = $engine ?? ( Processor_Starts::here() ? new Processor_Starts() : new Scanner_Starts() );
	}

	/**
	 * Rewrites a page, or a piece of one.
	 *
	 * @param string $html HTML.
	 */
	public function rewrite( string $html ): string {
		$places = $this->rules->places( $html );
		if ( $this->json ) {
			// In JSON the slashes of a URL may have backslashes, which no mark of a URL has.
			$places = array_merge( $places, Json_Attribute::places( $html ) );
			sort( $places );
		}
		if ( ! $places ) {
			return $html;
		}
		$edits   = new Edits();
		$picture = null;
		foreach ( $this->tags( $html, $places ) as $tag ) {
			$picture = $this->picture( $tag, $picture );
			if ( '/' !== $tag->name[0] && ! $this->rules->excludes( $tag->decoded() ) ) {
				$this->tag( $html, $tag, $picture, $edits );
			}
		}
		return $edits->apply( $html );
	}

	/**
	 * Rewrites the URLs of a style sheet, such as the site's own custom CSS.
	 *
	 * @param string $css CSS that is not in an attribute.
	 */
	public function rewrite_css( string $css ): string {
		$edits = new Edits();
		$this->css( $css, 0, $edits );
		return $edits->apply( $css );
	}

	/**
	 * The tags that matter: those with a URL of ours before the next tag, and those of pictures.
	 *
	 * @param string $html   HTML.
	 * @param int[]  $places Where URLs of ours can be.
	 * @return iterable<Tag>
	 */
	private function tags( string $html, array $places ): iterable {
		$pictures = false !== stripos( $html, '<picture' );
		$places[] = PHP_INT_MAX;
		$last     = null;
		foreach ( $this->engine->of( $html ) as $start ) {
			if ( current( $places ) < $start || ( $pictures && null !== $last && self::frames( $html, $last ) ) ) {
				yield from self::read( $html, $last );
				self::skip( $places, $start );
				if ( PHP_INT_MAX === current( $places ) ) {
					return;
				}
			}
			$last = $start;
		}
		yield from self::read( $html, $last );
	}

	/**
	 * The tag at an offset, if it is one and whole.
	 *
	 * @param string   $html  HTML.
	 * @param int|null $start Where the tag starts; null before the first.
	 * @return Tag[]
	 */
	private static function read( string $html, ?int $start ): array {
		$tag = null === $start ? null : Tag_Reader::read( $html, $start );
		return null === $tag ? array() : array( $tag );
	}

	/**
	 * Moves on to the first place at an offset or after it.
	 *
	 * @param int[] $places Moved by its own pointer.
	 * @param int   $start  The offset.
	 */
	private static function skip( array &$places, int $start ): void {
		while ( current( $places ) < $start ) {
			next( $places );
		}
	}

	/**
	 * Tells whether a tag is of a picture: its begin, its end, or a source, which may matter even
	 * without a URL of ours.
	 *
	 * @param string $html  HTML.
	 * @param int    $start Where the tag starts.
	 */
	private static function frames( string $html, int $start ): bool {
		$start += '/' === $html[ $start + 1 ] ? 2 : 1;
		return 0 === substr_compare( $html, 'picture', $start, 7, true ) || 0 === substr_compare( $html, 'source', $start, 6, true );
	}

	/**
	 * The picture that holds what follows a tag.
	 *
	 * @param Tag          $tag     The tag.
	 * @param Picture|null $picture The one before.
	 */
	private function picture( Tag $tag, ?Picture $picture ): ?Picture {
		if ( 'picture' === $tag->name || '/picture' === $tag->name ) {
			return 'picture' === $tag->name ? new Picture( $tag->end ) : null;
		}
		if ( $picture && 'source' === $tag->name && isset( $tag->values['media'] ) ) {
			$picture->directed = true;
		}
		return $picture;
	}

	/**
	 * Rewrites one tag, and the content of a style element.
	 *
	 * @param string       $html    HTML.
	 * @param Tag          $tag     The tag.
	 * @param Picture|null $picture The picture it is in.
	 * @param Edits        $edits   Takes the changes.
	 */
	private function tag( string $html, Tag $tag, ?Picture $picture, Edits $edits ): void {
		foreach ( array_intersect( Places::urls( $tag ), array_keys( $tag->values ) ) as $name ) {
			$this->one( $tag->values[ $name ], $tag->starts[ $name ], $edits );
		}
		foreach ( array_intersect( Places::sets( $tag ), array_keys( $tag->values ) ) as $name ) {
			$this->set( $tag->values[ $name ], $tag->starts[ $name ], $edits );
		}
		foreach ( $this->json ? array_intersect( Json_Attribute::NAMES, array_keys( $tag->values ) ) : array() as $name ) {
			$edits->replace( $tag->starts[ $name ], strlen( $tag->values[ $name ] ), $this->json->rewrite( $tag->values[ $name ] ) );
		}
		if ( isset( $tag->values['style'] ) ) {
			$this->css( $tag->values['style'], $tag->starts['style'], $edits );
		}
		if ( 'style' === $tag->name ) {
			$found = preg_match( '~</style[\s/>]~i', $html, $end, PREG_OFFSET_CAPTURE, $tag->end );
			$this->css( substr( $html, $tag->end, ( $found ? $end[0][1] : strlen( $html ) ) - $tag->end ), $tag->end, $edits );
		}
		if ( 'img' === $tag->name && $picture && ! $picture->directed ) {
			$this->reduce( $tag, $picture, $edits );
		}
	}

	/**
	 * Rewrites an attribute that is one URL.
	 *
	 * @param string $raw   Its raw value.
	 * @param int    $start Where that starts.
	 * @param Edits  $edits Takes the changes.
	 */
	private function one( string $raw, int $start, Edits $edits ): void {
		$url = trim( $raw, " \t\n\f\r" );
		$new = $this->variants->address( Tag::decode( $url ), $url );
		if ( null !== $new ) {
			$edits->replace( $start + (int) strpos( $raw, $url ), strlen( $url ), $new );
		}
	}

	/**
	 * Rewrites every candidate of a srcset, and adds what the original allows.
	 *
	 * @param string $raw   Its raw value.
	 * @param int    $start Where that starts.
	 * @param Edits  $edits Takes the changes.
	 */
	private function set( string $raw, int $start, Edits $edits ): void {
		$candidates = Srcset::read( $raw );
		$changed    = false;
		foreach ( $candidates as $candidate ) {
			$new = $this->variants->address( Tag::decode( $candidate['url'] ), $candidate['url'] );
			if ( null !== $new ) {
				$changed = true;
				$edits->replace( $start + $candidate['start'], strlen( $candidate['url'] ), $new );
			}
		}
		if ( $changed ) {
			$this->enrich( $candidates, $start + strlen( rtrim( $raw, " \t\n\f\r," ) ), $edits );
		}
	}

	/**
	 * Adds candidates at the end of a srcset whose candidates all have a width.
	 *
	 * @param array<int, array{start: int, url: string, width: int}> $candidates Those it has.
	 * @param int                                                    $end        Where they end.
	 * @param Edits                                                  $edits      Takes the changes.
	 */
	private function enrich( array $candidates, int $end, Edits $edits ): void {
		$widths = array_column( $candidates, 'width' );
		if ( in_array( 0, $widths, true ) ) {
			return;
		}
		$largest = $candidates[ (int) array_search( max( $widths ), $widths, true ) ];
		$text    = '';
		foreach ( $this->variants->extra( Tag::decode( $largest['url'] ), $widths ) as $width => $url ) {
			$text .= ', ' . $url . ' ' . $width . 'w';
		}
		if ( '' !== $text ) {
			$edits->replace( $end, 0, $text );
		}
	}

	/**
	 * Rewrites the URLs of CSS. One with entities is left alone: its bytes could not come back.
	 *
	 * @param string $css   The style sheet, or an attribute's raw value.
	 * @param int    $start Where that starts.
	 * @param Edits  $edits Takes the changes.
	 */
	private function css( string $css, int $start, Edits $edits ): void {
		foreach ( Css::read( $css ) as $found ) {
			$new = false === strpos( $found['url'], '&' ) ? $this->variants->background( $found['url'] ) : null;
			if ( null !== $new ) {
				$edits->replace( $start + $found['start'], strlen( $found['url'] ), $new );
			}
		}
	}

	/**
	 * Puts a lighter source first in a picture whose image is ours.
	 *
	 * @param Tag     $tag     The image.
	 * @param Picture $picture Where it is.
	 * @param Edits   $edits   Takes the changes.
	 */
	private function reduce( Tag $tag, Picture $picture, Edits $edits ): void {
		$srcset = array();
		foreach ( Srcset::read( $tag->values['srcset'] ?? '' ) as $candidate ) {
			$url = $this->variants->address( Tag::decode( $candidate['url'] ), null, true );
			if ( null === $url || 0 === $candidate['width'] ) {
				return;
			}
			$srcset[] = $url . ' ' . $candidate['width'] . 'w';
		}
		if ( ! $srcset ) {
			$srcset = array_filter( array( $this->variants->address( trim( Tag::decode( $tag->values['src'] ?? '' ) ), null, true ) ) );
		}
		if ( $srcset ) {
			$edits->replace( $picture->end, 0, Picture::source( implode( ', ', $srcset ), $tag->values['sizes'] ?? '' ) );
		}
	}
}
