<?php
/**
 * Fields: what can be set, in the words of its owner.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Admin;

use Gip4all\Worker\Worker;

defined( 'ABSPATH' ) || exit;

/**
 * The sections of the settings page and their fields.
 */
final class Fields {

	/**
	 * Titles of the sections and their fields.
	 *
	 * @return array<string, array{title: string, fields: array<int, array<string, mixed>>}>
	 */
	public static function sections(): array {
		return array(
			'connection' => array(
				'title'  => __( 'Connection', 'gip4all' ),
				'fields' => self::connection(),
			),
			'images'     => array(
				'title'  => __( 'Images', 'gip4all' ),
				'fields' => self::images(),
			),
			'exclusions' => array(
				'title'  => __( 'What stays as it is', 'gip4all' ),
				'fields' => self::exclusions(),
			),
			'reach'      => array(
				'title'  => __( 'Beyond pages', 'gip4all' ),
				'fields' => self::reach(),
			),
		);
	}

	/**
	 * How to reach the proxy.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function connection(): array {
		return array(
			self::field( 'endpoint', 'line', __( 'Endpoint', 'gip4all' ), __( 'Address of your gip server, such as https://img.example.com. Without one, all images stay as they are.', 'gip4all' ) ),
			self::field( 'key', 'secret', __( 'Key', 'gip4all' ), __( 'In hexadecimal: what comes before the colon in the server\'s GIP_KEYS. It is never shown again.', 'gip4all' ) ),
			self::field( 'salt', 'secret', __( 'Salt', 'gip4all' ), __( 'In hexadecimal: what comes after the colon. It is never shown again.', 'gip4all' ) ),
			self::field( 'site', 'line', __( 'Site', 'gip4all' ), __( 'Name of this site in the server\'s configuration. Only the service worker needs it.', 'gip4all' ) ),
			self::field( 'token', 'secret', __( 'Admin token', 'gip4all' ), __( 'The server\'s GIP_ADMIN_TOKEN. With it, images that you edit, replace or delete are purged there. It is never shown again.', 'gip4all' ) ),
			self::field( 'off', 'toggle', __( 'Kill switch', 'gip4all' ), __( 'Show the original images everywhere, at once.', 'gip4all' ) ),
		);
	}

	/**
	 * What images become.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function images(): array {
		$formats = array(
			'auto'     => __( 'The best each browser takes (AVIF, WebP, JPEG, PNG)', 'gip4all' ),
			'avif'     => 'AVIF',
			'webp'     => 'WebP',
			'jpeg'     => 'JPEG',
			'png'      => 'PNG',
			'original' => __( 'As the original', 'gip4all' ),
		);
		return array(
			self::field( 'quality', 'number', __( 'Quality', 'gip4all' ), __( 'From 1 to 100. With 0 the server chooses by format.', 'gip4all' ) ),
			self::field( 'format', 'choice', __( 'Format', 'gip4all' ), __( 'What visitors get.', 'gip4all' ), $formats ),
			self::field( 'eager', 'number', __( 'Images without lazy loading', 'gip4all' ), __( 'How many images at the top of a page load at once. With 0 WordPress decides.', 'gip4all' ) ),
			self::field( 'fetchpriority', 'toggle', __( 'High priority for the main image', 'gip4all' ), __( 'WordPress 6.3 and later tells browsers which image matters most. Switch it off if a theme does so itself.', 'gip4all' ) ),
		);
	}

	/**
	 * Which images are left alone.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function exclusions(): array {
		$types = array();
		foreach ( get_post_types( array( 'public' => true ), 'objects' ) as $type ) {
			$types[ $type->name ] = $type->labels->name;
		}
		return array(
			self::field( 'exclude_paths', 'lines', __( 'Paths', 'gip4all' ), __( 'A part of the path, one a line, such as /private/. With * it is a pattern of the whole path.', 'gip4all' ) ),
			self::field( 'exclude_classes', 'lines', __( 'CSS classes', 'gip4all' ), __( 'One a line. Images with one of them stay as they are.', 'gip4all' ) ),
			self::field( 'exclude_attributes', 'lines', __( 'Attributes', 'gip4all' ), __( 'One a line: a name, or a name with its value, such as data-role=logo.', 'gip4all' ) ),
			self::field( 'exclude_types', 'some', __( 'Content types', 'gip4all' ), __( 'Single pages of these stay as they are.', 'gip4all' ), $types ),
		);
	}

	/**
	 * Where else images go through the proxy.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function reach(): array {
		$worker = Worker::possible() ? __( 'Also for images that scripts load. Needs the site\'s name above, https, and that the server lists this site.', 'gip4all' ) : __( 'Needs permalinks other than "plain".', 'gip4all' );
		return array(
			self::field( 'feeds', 'toggle', __( 'Feeds', 'gip4all' ), __( 'Feed readers keep addresses for long. They break if you change the key.', 'gip4all' ) ),
			self::field( 'rest', 'toggle', __( 'REST API for anonymous readers', 'gip4all' ), __( 'For sites whose pages are made elsewhere. What editors read is never changed.', 'gip4all' ) ),
			self::field( 'json', 'toggle', __( 'Variations of products', 'gip4all' ), __( 'Shops keep the images of a product\'s variations as JSON in the page. Switch it on if they are shown without the proxy.', 'gip4all' ) ),
			self::field( 'import', 'toggle', __( 'Embedded images', 'gip4all' ), __( 'When a post is saved, images that are written out inside it (data: URLs) move into the media library. The list of posts has an action that puts them back.', 'gip4all' ) ),
			self::field( 'worker', 'toggle', __( 'Service worker', 'gip4all' ), $worker ),
		);
	}

	/**
	 * One field.
	 *
	 * @param string                $name    The setting.
	 * @param string                $type    How it is put in.
	 * @param string                $label   Its label.
	 * @param string                $help    What it does.
	 * @param array<string, string> $choices What can be chosen.
	 * @return array<string, mixed>
	 */
	private static function field( string $name, string $type, string $label, string $help, array $choices = array() ): array {
		return compact( 'name', 'type', 'label', 'help', 'choices' );
	}
}
