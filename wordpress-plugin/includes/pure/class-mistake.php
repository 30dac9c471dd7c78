<?php
/**
 * Mistake: one thing that is wrong with one input.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps its kind and the words it is about, so that it can be said in any language. Its own
 * message is English.
 */
final class Mistake extends \InvalidArgumentException {

	/** What each kind says, for sprintf. */
	public const TEXTS = array(
		'empty'  => 'is empty, and the endpoint needs one',
		'list'   => 'one value is wanted, not a list',
		'words'  => 'a list of words is wanted',
		'url'    => '"%1$s" is not a URL such as https://img.example.com',
		'site'   => '"%1$s" is not made of up to 32 of a-z, 0-9 and -',
		'format' => '"%1$s" is not one of %2$s',
		'hex'    => 'is not hexadecimal (an even number of 0-9 and a-f)',
		'whole'  => '"%1$s" is not a whole number from 0 to %2$s',
		'zero'   => 'a width of 0 is not positive',
		'entry'  => '"%1$s" cannot be one of %2$s',
		'vector' => '"%1$s" stays as it is: it has no pixels to scale',
	);

	/**
	 * A key of TEXTS.
	 *
	 * @var string
	 */
	private string $kind;

	/**
	 * What fills its text.
	 *
	 * @var string[]
	 */
	private array $words;

	/**
	 * Takes what is wrong.
	 *
	 * @param string $kind     A key of TEXTS.
	 * @param string ...$words What fills its text; no secret is among them.
	 */
	public function __construct( string $kind, string ...$words ) {
		$this->kind  = $kind;
		$this->words = $words;
		parent::__construct( $this->in( self::TEXTS ) );
	}

	/**
	 * What is wrong, in a language.
	 *
	 * @param array<string, string> $texts Texts by kind, as TEXTS has them.
	 */
	public function in( array $texts ): string {
		return vsprintf( $texts[ $this->kind ], $this->words );
	}
}
