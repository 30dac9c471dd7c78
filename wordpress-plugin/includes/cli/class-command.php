<?php
/**
 * Command: wp gip4all.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Cli;

use Gip4all\Health\Probe;
use Gip4all\Health\State;
use Gip4all\Import\Importer;
use Gip4all\Options;
use Gip4all\Purge\Purger;
use Gip4all\Site;

defined( 'ABSPATH' ) || exit;

/**
 * Shows and tends the image proxy of this site. WP-CLI's own --url picks a site of a network.
 */
final class Command {

	/**
	 * Shows the settings, where each comes from, and whether images go through the proxy.
	 *
	 * Key, salt and token are never shown.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : table, csv, json or yaml.
	 * ---
	 * default: table
	 * ---
	 *
	 * @param string[]              $words   None.
	 * @param array<string, string> $options By name.
	 */
	public function status( array $words, array $options ): void {
		$state  = State::get();
		$chosen = Options::chosen();
		$rows   = array(
			self::row( 'rewriting', State::on() ? 'on' : 'off', '' ),
			self::row( 'last check', 0 === $state['checked'] ? 'never' : gmdate( 'Y-m-d H:i:s', $state['checked'] ) . ' UTC: ' . $state['kind'], '' ),
		);
		foreach ( Options::names() as $name ) {
			if ( isset( $chosen[ $name ] ) ) {
				$value  = in_array( $name, Options::SECRETS, true ) ? ( '' === (string) $chosen[ $name ] ? 'not set' : 'set' ) : self::shown( $chosen[ $name ] );
				$rows[] = self::row( $name, $value, Options::is_fixed( $name ) ? 'wp-config.php' : 'settings' );
			}
		}
		\WP_CLI\Utils\format_items( $options['format'] ?? 'table', $rows, array( 'name', 'value', 'source' ) );
		foreach ( Options::mistakes() as $mistake ) {
			\WP_CLI::warning( $mistake );
		}
	}

	/**
	 * Fetches an image of this site through the proxy. If one comes, rewriting is switched on.
	 */
	public function test(): void {
		$result = Probe::run();
		State::keep( $result );
		if ( ! $result->passed() ) {
			\WP_CLI::error( $result->message() );
		}
		\WP_CLI::success( $result->message() );
	}

	/**
	 * Prints the proxy's URL of an image.
	 *
	 * ## OPTIONS
	 *
	 * <image>
	 * : Number of an attachment, or a URL.
	 *
	 * [--width=<pixels>]
	 * : How wide; without it, as wide as the image is.
	 *
	 * @param string[]              $words   The image.
	 * @param array<string, string> $options By name.
	 */
	public function url( array $words, array $options ): void {
		$site = self::site();
		$url  = ctype_digit( $words[0] ) ? (string) wp_get_attachment_url( (int) $words[0] ) : $words[0];
		if ( '' === $url || null === $site->rules->source( $url ) ) {
			\WP_CLI::error( "\"$words[0]\" is no image of this site's uploads, or is excluded." );
		}
		if ( ! isset( $options['width'] ) ) {
			\WP_CLI::line( (string) $site->variants->address( $url ) );
			return;
		}
		if ( 1 !== preg_match( '/\A[1-9][0-9]{0,4}\z/', $options['width'] ) ) {
			\WP_CLI::error( "\"$options[width]\" is no width in pixels." );
		}
		$asked = array(
			'w' => (int) $options['width'],
			'f' => 'original' === $site->settings->text( 'format' ) ? '' : $site->settings->text( 'format' ),
		);
		\WP_CLI::line( $site->builder->url( $asked, (string) $site->rules->source( $url ) ) );
	}

	/**
	 * Has the proxy forget images of this site.
	 *
	 * ## OPTIONS
	 *
	 * [<attachment>...]
	 * : Numbers of attachments; without any, all images of this site.
	 *
	 * @param string[] $words Attachments.
	 */
	public function purge( array $words ): void {
		if ( ! Purger::possible() ) {
			\WP_CLI::error( "The proxy's admin token is not set." );
		}
		if ( ! $words ) {
			$removed = Purger::all();
			if ( is_wp_error( $removed ) ) {
				\WP_CLI::error( $removed->get_error_message() );
			}
			\WP_CLI::success( "$removed cached images removed." );
			return;
		}
		foreach ( $words as $word ) {
			if ( ! ctype_digit( $word ) || ! wp_attachment_is_image( (int) $word ) ) {
				\WP_CLI::error( "\"$word\" is no image in the media library." );
			}
			Purger::changed( (int) $word );
		}
		Purger::send();
		\WP_CLI::success( 'The proxy was told.' );
	}

	/**
	 * Moves images that are written out inside posts (data: URLs) into the media library.
	 *
	 * ## OPTIONS
	 *
	 * [<post>...]
	 * : Numbers of posts; without any, all posts.
	 *
	 * [--undo]
	 * : Puts them back.
	 *
	 * [--dry-run]
	 * : Only lists the posts.
	 *
	 * @subcommand import-base64
	 *
	 * @param string[]              $words   Posts.
	 * @param array<string, mixed>  $options By name.
	 */
	public function import_base64( array $words, array $options ): void {
		$undo  = ! empty( $options['undo'] );
		$posts = $words ? array_map( 'intval', $words ) : Importer::candidates( $undo );
		$total = 0;
		foreach ( $posts as $id ) {
			if ( ! empty( $options['dry-run'] ) ) {
				\WP_CLI::line( (string) $id );
				continue;
			}
			$count  = $undo ? Importer::undo( $id ) : Importer::import( $id );
			$total += $count;
			\WP_CLI::log( "post $id: $count" );
		}
		\WP_CLI::success( sprintf( $undo ? '%d images put back.' : '%d images moved.', $total ) );
	}

	/**
	 * The site, which must be set up.
	 */
	private static function site(): Site {
		$site = Site::current();
		if ( null === $site ) {
			\WP_CLI::error( 'Endpoint, key and salt are not all set.' );
		}
		return $site;
	}

	/**
	 * A row of the table.
	 *
	 * @param string $name   The setting.
	 * @param string $value  What it is.
	 * @param string $source Where it is from.
	 * @return array<string, string>
	 */
	private static function row( string $name, string $value, string $source ): array {
		return array(
			'name'   => $name,
			'value'  => $value,
			'source' => $source,
		);
	}

	/**
	 * A value as a text.
	 *
	 * @param mixed $value The value.
	 */
	private static function shown( $value ): string {
		if ( is_bool( $value ) ) {
			return $value ? 'yes' : 'no';
		}
		return is_array( $value ) ? implode( ' ', array_map( 'strval', $value ) ) : (string) $value;
	}
}
