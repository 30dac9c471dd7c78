<?php
/**
 * Embedded images: into the media library, and back.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

use PHPUnit\Framework\TestCase;

/**
 * By the bulk action, on save and by command; never without the right to.
 */
final class Import_Test extends TestCase {

	/**
	 * The releases.
	 *
	 * @return array<string, array{string}>
	 */
	public function releases(): array {
		return Rig::releases();
	}

	/**
	 * The bulk action moves images and puts them back byte for byte, also after the post was edited.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_bulk( string $name ): void {
		$stand   = Stand::of( $name );
		$content = self::content();
		$post    = self::post( $stand, $content );
		$count   = (int) $stand->site->value( "wp_count_posts( 'attachment' )->inherit" );

		$this->bulk( $stand, 'gip4all_import', $post );
		$moved = self::stored( $stand, $post );
		$this->assertStringNotContainsString( 'base64,iVBOR', $moved );
		$this->assertSame( 3, substr_count( $moved, '/wp-content/uploads/' ), 'two images, and a block\'s own address' );
		$this->assertStringContainsString( 'R0lGODlhAQABAAAAACw=', $moved, 'a held place stays' );
		$this->assertSame( $count + 1, (int) $stand->site->value( "wp_count_posts( 'attachment' )->inherit" ), 'the same bytes are stored once' );
		$page = $stand->site->text( (string) $stand->site->value( "wp_parse_url( get_permalink( $post ), PHP_URL_PATH )" ) );
		$this->assertStringContainsString( Rig::proxy( 'endpoint' ) . '/', $page );

		$stand->site->run( "wp_set_current_user( 1 ); kses_remove_filters(); wp_update_post( array( 'ID' => $post, 'post_content' => wp_slash( get_post( $post )->post_content . '<p>later</p>' ) ) );" );
		$this->bulk( $stand, 'gip4all_undo', $post );
		$this->assertSame( $content . '<p>later</p>', self::stored( $stand, $post ) );
		$this->assertSame( $count, (int) $stand->site->value( "wp_count_posts( 'attachment' )->inherit" ), 'uploads that nobody uses are gone' );
		$this->assertSame( '', (string) $stand->site->value( "get_post_meta( $post, '_gip4all_data_images', true )" ) );
		$stand->site->run( "wp_delete_post( $post, true );" );
	}

	/**
	 * On save: only with the option, and only for who may upload.
	 *
	 * @dataProvider releases
	 * @param string $name Its name in the rig.
	 */
	public function test_on_save( string $name ): void {
		$stand = Stand::of( $name );
		$post  = self::post( $stand, self::content() );
		$this->assertStringContainsString( 'base64,iVBOR', self::stored( $stand, $post ), 'without the option' );
		$stand->settings( array( 'import' => true ) );
		$stand->site->run( "wp_set_current_user( 0 ); kses_remove_filters(); wp_update_post( array( 'ID' => $post ) );" );
		$this->assertStringContainsString( 'base64,iVBOR', self::stored( $stand, $post ), 'nobody may upload' );
		$stand->site->run( "wp_set_current_user( 1 ); kses_remove_filters(); wp_update_post( array( 'ID' => $post ) );" );
		$this->assertStringNotContainsString( 'base64,iVBOR', self::stored( $stand, $post ) );
		$stand->settings();
		$stand->site->run( "Gip4all\\Import\\Importer::undo( $post ); wp_delete_post( $post, true );" );
	}

	/**
	 * By command, all posts that have one, and back.
	 */
	public function test_command(): void {
		$stand = Stand::of( Rig::newest() );
		$post  = self::post( $stand, self::content() );
		$this->assertMatchesRegularExpression( "~^$post\$~m", Command_Test::wp( 'import-base64', '--dry-run' )[1] );
		$this->assertSame( self::content(), self::stored( $stand, $post ) );
		$this->assertMatchesRegularExpression( "~^post $post: 1\$~m", Command_Test::wp( 'import-base64' )[1] );
		$this->assertSame( array( 0, "post $post: 1\nSuccess: 1 images put back." ), Command_Test::wp( 'import-base64', '--undo', (string) $post ) );
		$this->assertSame( self::content(), self::stored( $stand, $post ) );
		$stand->site->run( "wp_delete_post( $post, true );" );
	}

	/**
	 * What is no image, is too large, or could hold a script, stays.
	 */
	public function test_refused(): void {
		$stand   = Stand::of( Rig::newest() );
		$content = '<p><img src="data:image/svg+xml;base64,' . base64_encode( '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>' ) . '"><img src="data:image/png;base64,' . base64_encode( '<?php phpinfo();' ) . '"></p>';
		$post    = self::post( $stand, $content );
		$this->assertSame( 0, $stand->site->value( "Gip4all\\Import\\Importer::import( $post )" ) );
		$big = self::post( $stand, self::content() );
		$this->assertSame( 0, (int) $stand->site->run( "add_filter( 'gip4all_import_limit', static function () { return 100; } ); echo Gip4all\\Import\\Importer::import( $big );" ) );
		$this->assertSame( $content, self::stored( $stand, $post ) );
		$stand->site->run( "wp_delete_post( $post, true ); wp_delete_post( $big, true );" );
	}

	/**
	 * A post with one image twice, a block that names it, and a held place.
	 */
	private static function content(): string {
		ob_start();
		imagepng( imagecreatetruecolor( 320, 200 ) );
		$url = 'data:image/png;base64,' . base64_encode( (string) ob_get_clean() );
		return '<!-- wp:cover {"url":"' . $url . '"} --><div><img alt="a" src="' . $url . '"></div><!-- /wp:cover --><p><img class="x" src="' . $url . '"/><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/a.jpg"></p>';
	}

	/**
	 * Publishes a post.
	 *
	 * @param Stand  $stand   Where.
	 * @param string $content Its content.
	 */
	private static function post( Stand $stand, string $content ): int {
		return (int) $stand->site->run( 'wp_set_current_user( 1 ); kses_remove_filters(); echo wp_insert_post( array( \'post_title\' => \'Embedded\', \'post_status\' => \'publish\', \'post_content\' => wp_slash( base64_decode( \'' . base64_encode( $content ) . '\' ) ) ) );' );
	}

	/**
	 * What the database holds.
	 *
	 * @param Stand $stand Where.
	 * @param int   $post  The post.
	 */
	private static function stored( Stand $stand, int $post ): string {
		return (string) $stand->site->value( "get_post( $post )->post_content" );
	}

	/**
	 * Does a bulk action as the list of posts does, and not without its nonce.
	 *
	 * @param Stand  $stand  Where.
	 * @param string $action The action.
	 * @param int    $post   The post.
	 */
	private function bulk( Stand $stand, string $action, int $post ): void {
		$admin = $stand->site->as_administrator();
		$list  = $admin->text( '/wp-admin/edit.php' );
		$this->assertStringContainsString( "value=\"$action\"", $list );
		preg_match( '~name="_wpnonce" value="([0-9a-f]+)"~', $list, $nonce );
		$query  = "/wp-admin/edit.php?post_type=post&action=$action&post%5B%5D=$post&_wpnonce=";
		$before = self::stored( $stand, $post );
		$this->assertSame( 403, $admin->ask( $query . 'no' )->status );
		$this->assertSame( $before, self::stored( $stand, $post ) );
		$answer = $admin->ask( $query . $nonce[1] );
		$this->assertSame( 302, $answer->status, substr( $answer->body, 0, 500 ) );
		$this->assertStringContainsString( 'embedded image', $list );
		$this->assertMatchesRegularExpression( '~gip4all_(?:imported|undone)=1\b~', $answer->headers['location'] );
		$this->assertStringContainsString( 'notice-success is-dismissible', $admin->text( (string) substr( $answer->headers['location'], strlen( 0 === strpos( $answer->headers['location'], 'http' ) ? $stand->site->origin() : '' ) ) ) );
	}
}
