<?php
/**
 * No_Resolver: where there is no media library to ask.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Knows nothing, so that every file stands for itself at its own size.
 */
final class No_Resolver implements Resolver {

	/**
	 * Nothing.
	 *
	 * @param string $url Any URL.
	 */
	public function find( string $url ): ?Original {
		return null;
	}
}
