<?php
/**
 * Tests of Data_Url.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests;

use Gip4all\Pure\Data_Url;
use PHPUnit\Framework\TestCase;

/**
 * What is an image, and what only says so.
 */
final class Data_Url_Test extends TestCase {

	/**
	 * Images, however they are spelled.
	 *
	 * @dataProvider images
	 * @param string $url       The URL.
	 * @param string $extension What it holds.
	 */
	public function test_reads( string $url, string $extension ): void {
		$image = Data_Url::read( $url, 100000 );
		$this->assertNotNull( $image );
		$this->assertSame( $extension, $image->extension );
	}

	/**
	 * Rows.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function images(): array {
		$png  = base64_encode( self::png( 20, 20 ) );
		$jpeg = base64_encode( self::drawn( 'imagejpeg' ) );
		$avif = base64_encode( "\0\0\0\x20ftypavif\0\0\0\0avifmif1" . str_repeat( "\0", 100 ) );
		return array(
			'png'                       => array( "data:image/png;base64,$png", 'png' ),
			'jpeg'                      => array( "data:image/jpeg;base64,$jpeg", 'jpg' ),
			'gif'                       => array( 'data:image/gif;base64,' . base64_encode( self::drawn( 'imagegif' ) ), 'gif' ),
			'webp'                      => array( 'data:image/webp;base64,' . base64_encode( self::drawn( 'imagewebp' ) ), 'webp' ),
			'avif, by its mark'         => array( "data:image/avif;base64,$avif", 'avif' ),
			'upper case'                => array( "DATA:IMAGE/PNG;BASE64,$png", 'png' ),
			'with another type'         => array( "data:image/png;base64,$jpeg", 'jpg' ),
			'with parameters'           => array( "data:image/png;name=a.png;base64,$png", 'png' ),
			'space around'              => array( "  data:image/png;base64,$png \n", 'png' ),
			'lines'                     => array( 'data:image/png;base64,' . chunk_split( $png, 60, "\n" ), 'png' ),
			'without padding'           => array( 'data:image/png;base64,' . rtrim( $png, '=' ), 'png' ),
			'with percent signs'        => array( 'data:image/png;base64,' . rawurlencode( $png ), 'png' ),
		);
	}

	/**
	 * What is none.
	 *
	 * @dataProvider others
	 * @param string $url The URL.
	 */
	public function test_refuses( string $url ): void {
		$this->assertNull( Data_Url::read( $url, 100000 ) );
	}

	/**
	 * Rows.
	 *
	 * @return array<string, array{string}>
	 */
	public function others(): array {
		$png = self::png( 20, 20 );
		return array(
			'a page'                     => array( 'data:text/html;base64,PGI+' ),
			'an address'                 => array( 'https://site.example/data:image/png;base64,AAAA' ),
			'svg'                        => array( 'data:image/svg+xml;base64,' . base64_encode( '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>1</script></svg>' ) ),
			'svg that says png'          => array( 'data:image/png;base64,' . base64_encode( '<svg width="90" height="90"></svg>' ) ),
			'php that says png'          => array( 'data:image/png;base64,' . base64_encode( '<?php echo 1;' ) ),
			'not base64'                 => array( 'data:image/png,%89PNG' ),
			'bad base64'                 => array( 'data:image/png;base64,!!!!' ),
			'nothing'                    => array( 'data:image/png;base64,' ),
			'no comma'                   => array( 'data:image/png;base64' ),
			'only the mark of png'       => array( 'data:image/png;base64,' . base64_encode( substr( $png, 0, 8 ) ) ),
			'the place of a lazy loader' => array( 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' ),
			'one row of a few dots'      => array( 'data:image/png;base64,' . base64_encode( self::png( 7, 9 ) ) ),
		);
	}

	/**
	 * The limit is of the image's bytes.
	 */
	public function test_limit(): void {
		$png = self::png( 20, 20 );
		$url = 'data:image/png;base64,' . base64_encode( $png );
		$this->assertNotNull( Data_Url::read( $url, strlen( $png ) ) );
		$this->assertNull( Data_Url::read( $url, strlen( $png ) - 1 ) );
	}

	/**
	 * A PNG.
	 *
	 * @param int $width  Its width.
	 * @param int $height Its height.
	 */
	private static function png( int $width, int $height ): string {
		return self::drawn( 'imagepng', $width, $height );
	}

	/**
	 * An image.
	 *
	 * @param string $save   Saves it.
	 * @param int    $width  Its width.
	 * @param int    $height Its height.
	 */
	private static function drawn( string $save, int $width = 20, int $height = 20 ): string {
		ob_start();
		$save( imagecreatetruecolor( $width, $height ) );
		return (string) ob_get_clean();
	}
}
