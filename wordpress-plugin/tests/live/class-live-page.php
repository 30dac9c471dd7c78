<?php
/**
 * Live_Page: the images of a page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

/**
 * Finds where a page names images, with a parser that is not the plugin's.
 */
final class Live_Page {

	/** Attributes that hold one URL or a srcset, by XPath. */
	private const PLACES = array(
		'img src'         => '//img/@src',
		'img srcset'      => '//img/@srcset',
		'source srcset'   => '//source/@srcset',
		'poster'          => '//video/@poster',
		'data-src'        => '//@data-src',
		'data-srcset'     => '//@data-srcset',
		'style attribute' => '//@style',
		'style element'   => '//style',
		'icon'            => '//link[contains(@rel,"icon")]/@href',
	);

	/**
	 * The page.
	 *
	 * @var \DOMXPath
	 */
	private \DOMXPath $page;

	/**
	 * Reads it.
	 *
	 * @param string $html The page.
	 */
	public function __construct( string $html ) {
		$document = new \DOMDocument();
		libxml_use_internal_errors( true );
		$document->loadHTML( '<?xml encoding="UTF-8">' . $html );
		libxml_clear_errors();
		$this->page = new \DOMXPath( $document );
	}

	/**
	 * URLs of images by place: those with an upload folder in them, which the proxy's also have.
	 *
	 * @return array<string, string[]>
	 */
	public function images(): array {
		$images = array();
		foreach ( self::PLACES as $place => $path ) {
			$images[ $place ] = array();
			foreach ( $this->page->query( $path ) as $node ) {
				preg_match_all( '~(?<![^\s"\'(,])[^\s"\'(]*wp-content/uploads/[^\s"\')]+~', $node->textContent, $found );
				foreach ( $found[0] as $url ) {
					$images[ $place ][] = rtrim( $url, ',' );
				}
			}
		}
		return $images;
	}

	/**
	 * How many images have a srcset.
	 */
	public function srcsets(): int {
		return $this->page->query( '//img[@srcset]' )->length;
	}

	/**
	 * How many images have a width and a height.
	 */
	public function sized(): int {
		return $this->page->query( '//img[@width and @height]' )->length;
	}
}
