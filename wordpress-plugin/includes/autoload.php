<?php
/**
 * Finds a class of this plugin by its name: Gip4all\Html\Tag_Reader is html/class-tag-reader.php.
 *
 * @package Gip4all
 */

declare(strict_types=1);

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $name ): void {
		if ( 0 !== strpos( $name, 'Gip4all\\' ) ) {
			return;
		}
		$path   = strtolower( strtr( substr( $name, 8 ), '\\_', '/-' ) );
		$slash  = (int) strrpos( '/' . $path, '/' );
		$folder = __DIR__ . '/' . substr( $path, 0, $slash );
		$file   = substr( $path, $slash );
		foreach ( array( 'class', 'interface' ) as $kind ) {
			if ( is_file( $folder . $kind . '-' . $file . '.php' ) ) {
				require_once $folder . $kind . '-' . $file . '.php';
				return;
			}
		}
	}
);
