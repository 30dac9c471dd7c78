<?php
/**
 * The golden cases, on both engines.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Html\Processor_Starts;
use Gip4all\Html\Scanner_Starts;
use Gip4all\Html\Tag_Starts;
use PHPUnit\Framework\TestCase;

/**
 * Rewrites cases/*.html and compares with the .expected beside it, where "~" stands for a
 * signature that was checked. GIP4ALL_UPDATE=1 writes what is expected; read the difference.
 */
final class Cases_Test extends TestCase {

	/** A lost folder must not pass quietly. */
	private const FEWEST = 12;

	/**
	 * Each case is as expected; twice is the same as once; and back is what it was.
	 *
	 * @dataProvider cases
	 * @param string     $place  The case's file.
	 * @param Tag_Starts $engine Finds tags.
	 */
	public function test_case( string $place, Tag_Starts $engine ): void {
		$html      = (string) file_get_contents( $place );
		$rewriter  = Stage::rewriter( $engine );
		$rewritten = $rewriter->rewrite( $html );
		$expected  = substr( $place, 0, -4 ) . 'expected';
		if ( '1' === getenv( 'GIP4ALL_UPDATE' ) ) {
			file_put_contents( $expected, Stage::readable( $rewritten ) );
		}
		$this->assertSame( (string) file_get_contents( $expected ), Stage::readable( $rewritten ) );
		$this->assertSame( $rewritten, $rewriter->rewrite( $rewritten ), 'twice' );
		$this->assertSame( $html, Stage::reverser()->reverse( $rewritten ), 'back' );
	}

	/**
	 * Every case on every engine.
	 *
	 * @return array<string, array{string, Tag_Starts}>
	 */
	public function cases(): array {
		$cases = array();
		foreach ( (array) glob( __DIR__ . '/../cases/*.html' ) as $place ) {
			$name                        = basename( $place, '.html' );
			$cases[ "$name, processor" ] = array( $place, new Processor_Starts() );
			$cases[ "$name, scanner" ]   = array( $place, new Scanner_Starts() );
		}
		return $cases;
	}

	/**
	 * There are as many cases as there should be, and none has two names.
	 */
	public function test_count(): void {
		$this->assertGreaterThanOrEqual( 2 * self::FEWEST, count( $this->cases() ) );
	}
}
