#!/usr/bin/env bash
# Makes the plugin's archive: zip.sh FILE. The same sources give the same bytes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
archive=$(realpath -m "$1")
mkdir -p "$(dirname "$archive")"
cd "$here"
# What is installed is listed, so that nothing gets in because nobody left it out;
# hidden files and other kinds are not.
php -r '
$archive = new ZipArchive();
$archive->open( $argv[1], ZipArchive::CREATE | ZipArchive::OVERWRITE ) || exit( "cannot write $argv[1]\n" );
$files = array();
foreach ( array_slice( $argv, 2 ) as $part ) {
	if ( is_file( $part ) ) {
		$files[] = $part;
	} elseif ( is_dir( $part ) ) {
		foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $part, FilesystemIterator::SKIP_DOTS ) ) as $file ) {
			$files[] = $file->getPathname();
		}
	}
}
sort( $files );
$files = preg_grep( "~(?:\A|/)\.~", $files, PREG_GREP_INVERT );
foreach ( preg_grep( "~\.(?:php|js|css|txt|pot|po|mo)\z~", $files ) as $file ) {
	$archive->addFile( $file, "gip4all/$file" );
	$archive->setMtimeName( "gip4all/$file", 315532800 );
}
echo "$argv[1]: $archive->numFiles files\n";
$archive->close() || exit( 1 );
' "$archive" gip4all.php uninstall.php readme.txt includes assets languages
