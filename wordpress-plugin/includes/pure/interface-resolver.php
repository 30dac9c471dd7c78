<?php
/**
 * Resolver: asks the media library.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Pure;

defined( 'ABSPATH' ) || exit;

/**
 * Knows which picture a file was made from.
 */
interface Resolver {

	/**
	 * What is known of the file at a URL, or null. It is asked once or more for each URL of a page:
	 * it must answer from memory, and must not ask the database for one URL at a time. An original
	 * that it names must be there: some sites delete those that WordPress scaled down.
	 *
	 * @param string $url Absolute, with the host of an upload folder, without query and fragment.
	 */
	public function find( string $url ): ?Original;
}
