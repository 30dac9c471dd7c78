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
	 * Messages by the name of the input.
	 *
	 * @var array<string, string>
	 */
	private array $mistakes;

	/**
	 * Takes what is wrong.
	 *
	 * @param array<string, string> $mistakes Messages by the name of the input.
	 */
	public function __construct( array $mistakes ) {
		parent::__construct( implode( '; ', $mistakes ) );
		$this->mistakes = $mistakes;
	}

	/**
	 * Messages by the name of the input.
	 *
	 * @return array<string, string>
	 */
	public function mistakes(): array {
		return $this->mistakes;
	}
}
