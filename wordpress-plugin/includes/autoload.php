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
		$parts  = explode( '\\', strtolower( str_replace( '_', '-', substr( $name, 8 ) ) ) );
		$file   = array_pop( $parts );
		$folder = __DIR__ . '/' . implode( '', preg_replace( '~$~', '/', $parts ) );
		foreach ( array( 'class', 'interface' ) as $kind ) {
			if ( is_file( $folder . $kind . '-' . $file . '.php' ) ) {
				require_once $folder . $kind . '-' . $file . '.php';
				return;
			}
		}
	}
);
