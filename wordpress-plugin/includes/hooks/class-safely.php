<?php
/**
 * Safely: an accident of ours, or of another plugin's filter, is no accident of the page.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

defined( 'ABSPATH' ) || exit;

/**
 * Does work inside WordPress's hooks. Whatever is thrown, the hook gives back what it was given.
 */
final class Safely {

	/**
	 * Whether this request wrote an accident down: a page has many images, and one cause.
	 *
	 * @var bool
	 */
	private static bool $told = false;

	/**
	 * What the work gives, or else what applies without it.
	 *
	 * @param callable $work What to do.
	 * @param mixed    $else What applies if it throws.
	 * @return mixed
	 */
	public static function call( callable $work, $else = null ) {
		try {
			return $work();
		} catch ( \Throwable $accident ) {
			if ( ! self::$told ) {
				self::$told = true;
				// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- the owner of the site reads this log; visitors see originals.
				error_log( 'gip4all: ' . $accident->getMessage() . ' in ' . $accident->getFile() . ':' . $accident->getLine() );
			}
			return $else;
		}
	}
}
