<?php
/**
 * Tests of what is said about mistakes.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Mistake;
use PHPUnit\Framework\TestCase;

/**
 * Kinds, words and languages.
 */
final class Mistake_Test extends TestCase {

	/**
	 * English by itself, and any other language by its texts, which may turn the words round.
	 */
	public function test_languages(): void {
		$mistake = new Mistake( 'whole', 'x', '100' );
		$this->assertSame( '"x" is not a whole number from 0 to 100', $mistake->getMessage() );
		$this->assertSame( '100? x!', $mistake->in( array( 'whole' => '%2$s? %1$s!' ) ) );
	}

	/**
	 * WordPress's part translates every text, as it is: translators' tools find only what is written out.
	 */
	public function test_each_is_translated(): void {
		$code = (string) file_get_contents( __DIR__ . '/../../includes/class-mistakes.php' );
		foreach ( Mistake::TEXTS as $kind => $text ) {
			$this->assertMatchesRegularExpression( '~\'' . $kind . '\'\s+=> __\( ' . preg_quote( var_export( $text, true ), '~' ) . ', \'gip4all\' \)~', $code );
		}
	}
}
