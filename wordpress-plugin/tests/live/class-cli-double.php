<?php
/**
 * Stands in for WP-CLI: the few functions that commands call, printing what WP-CLI prints, and a
 * command line that is read as WP-CLI reads it. Required inside a site before WordPress loads.
 *
 * @package Gip4all
 */

namespace WP_CLI\Utils {
	/**
	 * Prints rows; the double knows JSON only.
	 *
	 * @param string   $format Asked for.
	 * @param array[]  $rows   Rows.
	 * @param string[] $fields Columns.
	 */
	function format_items( $format, $rows, $fields ) {
		$print = array();
		foreach ( $rows as $row ) {
			$print[] = array_intersect_key( $row, array_flip( $fields ) );
		}
		echo json_encode( $print ), "\n";
	}
}

namespace {
	/**
	 * Prints, and ends with an error as WP-CLI does.
	 */
	final class WP_CLI {

		/**
		 * Commands by name.
		 *
		 * @var array<string, string>
		 */
		public static $commands = array();

		/**
		 * Takes a command.
		 *
		 * @param string $name  Its name.
		 * @param string $class Its class.
		 */
		public static function add_command( $name, $class ) {
			self::$commands[ $name ] = $class;
		}

		/**
		 * Prints a line.
		 *
		 * @param string $text The line.
		 */
		public static function line( $text ) {
			echo $text, "\n";
		}

		/**
		 * Prints a line.
		 *
		 * @param string $text The line.
		 */
		public static function log( $text ) {
			echo $text, "\n";
		}

		/**
		 * Prints that it worked.
		 *
		 * @param string $text What.
		 */
		public static function success( $text ) {
			echo "Success: $text\n";
		}

		/**
		 * Warns.
		 *
		 * @param string $text Of what.
		 */
		public static function warning( $text ) {
			echo "Warning: $text\n";
		}

		/**
		 * Ends with an error.
		 *
		 * @param string $text What went wrong.
		 */
		public static function error( $text ) {
			echo "Error: $text\n";
			exit( 1 );
		}

		/**
		 * Runs a command line. A subcommand is the method that its docblock gives that name, else its own.
		 *
		 * @param string[] $words The command line.
		 */
		public static function run( $words ) {
			$class   = new ReflectionClass( self::$commands[ array_shift( $words ) ] );
			$wanted  = array_shift( $words );
			$options = array();
			$rest    = array();
			foreach ( $words as $word ) {
				if ( preg_match( '/^--([a-z0-9-]+)(?:=(.*))?$/', $word, $option ) ) {
					$options[ $option[1] ] = isset( $option[2] ) ? $option[2] : true;
				} else {
					$rest[] = $word;
				}
			}
			foreach ( $class->getMethods( ReflectionMethod::IS_PUBLIC ) as $method ) {
				$name = preg_match( '/@subcommand\s+(\S+)/', (string) $method->getDocComment(), $named ) ? $named[1] : $method->getName();
				if ( $name === $wanted ) {
					$method->invoke( $class->newInstance(), $rest, $options );
					return;
				}
			}
			self::error( "no subcommand $wanted" );
		}
	}
}
