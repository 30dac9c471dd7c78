<?php
/**
 * Save: the safety net that keeps the proxy's URLs out of the database.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Hooks;

use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Whatever is saved, by whichever editor, copied from whatever page: the originals are stored.
 * It works whether or not images go through the proxy at the moment.
 */
final class Save {

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		foreach ( array( 'content_save_pre', 'excerpt_save_pre', 'content_filtered_save_pre', 'pre_term_description', 'pre_user_description', 'pre_comment_content' ) as $hook ) {
			add_filter( $hook, array( self::class, 'text' ), 99 );
		}
		foreach ( array( 'widget_block', 'widget_text', 'widget_custom_html', 'widget_media_image', 'widget_media_gallery' ) as $option ) {
			add_filter( "pre_update_option_$option", array( self::class, 'deep' ), 99 );
		}
	}

	/**
	 * Maps back all URLs of a text, slashed or not.
	 *
	 * @param mixed $text The text.
	 * @return mixed
	 */
	public static function text( $text ) {
		return Safely::call(
			static function () use ( $text ) {
				$site = is_string( $text ) && '' !== $text ? Site::current() : null;
				return $site ? $site->reverser->reverse( $text ) : $text;
			},
			$text
		);
	}

	/**
	 * The same for all texts of an option.
	 *
	 * @param mixed $value The option.
	 * @return mixed
	 */
	public static function deep( $value ) {
		return map_deep( $value, array( self::class, 'text' ) );
	}
}
