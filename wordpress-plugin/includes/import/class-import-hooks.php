<?php
/**
 * Import_Hooks: the import as a bulk action, and on save.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Import;

use Gip4all\Options;

defined( 'ABSPATH' ) || exit;

/**
 * Asks for the right to edit each post and to upload. WordPress itself checks the nonce of a bulk
 * action before it calls.
 */
final class Import_Hooks {

	/** Names of the two bulk actions. */
	private const ACTIONS = array( 'gip4all_import', 'gip4all_undo' );

	/**
	 * Wires the hooks.
	 */
	public static function start(): void {
		add_action( 'save_post', array( self::class, 'saved' ), 99, 2 );
		add_action( 'admin_init', array( self::class, 'lists' ) );
		add_action( 'admin_notices', array( self::class, 'notice' ) );
	}

	/**
	 * Moves the images of a post that was just saved, if the owner wants it.
	 *
	 * @param int   $id   The post.
	 * @param mixed $post The post.
	 */
	public static function saved( $id, $post = null ): void {
		if ( ! $post instanceof \WP_Post || ( defined( 'DOING_AUTOSAVE' ) && DOING_AUTOSAVE ) || false === stripos( $post->post_content, 'data:image/' ) ) {
			return;
		}
		if ( Options::own( 'import' ) && 'auto-draft' !== $post->post_status && self::may( (int) $id ) ) {
			Importer::import( (int) $id );
		}
	}

	/**
	 * Adds the actions to the lists of all types that have an editor.
	 */
	public static function lists(): void {
		foreach ( get_post_types_by_support( 'editor' ) as $type ) {
			add_filter( "bulk_actions-edit-$type", array( self::class, 'actions' ) );
			add_filter( "handle_bulk_actions-edit-$type", array( self::class, 'act' ), 10, 3 );
		}
	}

	/**
	 * Names the actions.
	 *
	 * @param mixed $actions Those of WordPress and others.
	 * @return mixed
	 */
	public static function actions( $actions ) {
		if ( is_array( $actions ) && current_user_can( 'upload_files' ) ) {
			$actions[ self::ACTIONS[0] ] = __( 'Move embedded images to the media library', 'gip4all' );
			$actions[ self::ACTIONS[1] ] = __( 'Put embedded images back', 'gip4all' );
		}
		return $actions;
	}

	/**
	 * Does one.
	 *
	 * @param mixed $back   Where to go afterwards.
	 * @param mixed $action The action.
	 * @param mixed $ids    The posts.
	 * @return mixed
	 */
	public static function act( $back, $action = '', $ids = array() ) {
		if ( ! in_array( $action, self::ACTIONS, true ) || ! is_string( $back ) ) {
			return $back;
		}
		$undo  = self::ACTIONS[1] === $action;
		$count = 0;
		foreach ( array_map( 'intval', (array) $ids ) as $id ) {
			if ( self::may( $id ) ) {
				$count += $undo ? Importer::undo( $id ) : Importer::import( $id );
			}
		}
		return add_query_arg( $undo ? 'gip4all_undone' : 'gip4all_imported', $count, remove_query_arg( array( 'gip4all_undone', 'gip4all_imported' ), $back ) );
	}

	/**
	 * Says how many images were moved.
	 */
	public static function notice(): void {
		// phpcs:disable WordPress.Security.NonceVerification -- a number is shown, and nothing done.
		$moved  = isset( $_GET['gip4all_imported'] ) ? absint( $_GET['gip4all_imported'] ) : null;
		$undone = isset( $_GET['gip4all_undone'] ) ? absint( $_GET['gip4all_undone'] ) : null;
		// phpcs:enable
		if ( null !== $moved ) {
			/* translators: %s: a number. */
			self::say( sprintf( _n( '%s embedded image is in the media library now.', '%s embedded images are in the media library now.', $moved, 'gip4all' ), number_format_i18n( $moved ) ) );
		} elseif ( null !== $undone ) {
			/* translators: %s: a number. */
			self::say( sprintf( _n( '%s image was put back into its post.', '%s images were put back into their posts.', $undone, 'gip4all' ), number_format_i18n( $undone ) ) );
		}
	}

	/**
	 * Shows a notice.
	 *
	 * @param string $text What it says.
	 */
	private static function say( string $text ): void {
		echo '<div class="notice notice-success is-dismissible"><p>' . esc_html( $text ) . '</p></div>';
	}

	/**
	 * Tells whether the user may change this post and add to the media library.
	 *
	 * @param int $id The post.
	 */
	private static function may( int $id ): bool {
		return current_user_can( 'upload_files' ) && current_user_can( 'edit_post', $id );
	}
}
