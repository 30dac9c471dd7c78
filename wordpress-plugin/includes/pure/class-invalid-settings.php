<?php
/**
 * Invalid_Settings: everything that is wrong with what was typed.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Carries every mistake at once, so that none is found only after the last was mended.
 */
final class Invalid_Settings extends \InvalidArgumentException {

	/**
	 * Mistakes by the name of the input.
	 *
	 * @var array<string, Mistake>
	 */
	private array $mistakes;

	/**
	 * Takes what is wrong.
	 *
	 * @param array<string, Mistake> $mistakes By the name of the input.
	 */
	public function __construct( array $mistakes ) {
		$this->mistakes = $mistakes;
		parent::__construct( implode( '; ', $this->mistakes() ) );
	}

	/**
	 * Every mistake by the name of the input.
	 *
	 * @return array<string, Mistake>
	 */
	public function all(): array {
		return $this->mistakes;
	}

	/**
	 * English messages by the name of the input.
	 *
	 * @return array<string, string>
	 */
	public function mistakes(): array {
		$messages = array();
		foreach ( $this->mistakes as $name => $mistake ) {
			$messages[ $name ] = $name . ': ' . $mistake->getMessage();
		}
		return $messages;
	}
}
